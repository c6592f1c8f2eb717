using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Lowering.Pruning;

/// <summary>Takes out of a graph what no output needs, and the identities that only give an output its name.</summary>
internal static class GraphPruning
{
    public static OnnxGraph Prune(OnnxGraph graph) => WithoutDead(WithoutLastIdentities(graph));

    private static OnnxGraph WithoutDead(OnnxGraph graph)
    {
        var needed = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        List<OnnxNode> kept = [];
        foreach (var node in graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(needed.Contains))
                continue;
            kept.Add(node);
            needed.UnionWith(node.Inputs);
            foreach (var inner in node.Attributes.SelectMany(attribute => attribute.Graphs))
                needed.UnionWith(Uses(inner));
        }

        kept.Reverse();
        return graph with { Nodes = kept, Initializers = [.. graph.Initializers.Where(tensor => needed.Contains(tensor.Name))] };
    }

    private static IEnumerable<string> Uses(OnnxGraph graph) =>
        graph.Nodes.SelectMany(node => node.Inputs.Concat(node.Attributes.SelectMany(attribute => attribute.Graphs).SelectMany(Uses))).Concat(graph.Outputs.Select(output => output.Name));

    private static OnnxGraph WithoutLastIdentities(OnnxGraph graph)
    {
        var outputs = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var made = graph.Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        HashSet<OnnxNode> gone = new(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Nodes)
            if (node is { Operator: "Identity", Inputs: [var from], Outputs: [var to] } && outputs.Contains(to) && !outputs.Contains(from) && made.Contains(from) && names.TryAdd(from, to))
                gone.Add(node);
        return gone.Count == 0 ? graph : graph with { Nodes = [.. graph.Nodes.Where(node => !gone.Contains(node)).Select(Renamed)] };

        OnnxNode Renamed(OnnxNode node) => node with
        {
            Inputs = [.. node.Inputs.Select(New)],
            Outputs = [.. node.Outputs.Select(New)],
            Attributes = node.Attributes.Any(attribute => attribute.Graphs.Count > 0)
                ? [.. node.Attributes.Select(attribute => attribute with { Graphs = [.. attribute.Graphs.Select(Inner)] })]
                : node.Attributes,
        };

        OnnxGraph Inner(OnnxGraph inner) => inner with { Nodes = [.. inner.Nodes.Select(Renamed)], Outputs = [.. inner.Outputs.Select(output => output with { Name = New(output.Name) })] };

        string New(string name) => names.GetValueOrDefault(name, name);
    }
}
