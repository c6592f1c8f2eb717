using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Precision;

/// <summary>Names that no value or node of a graph has.</summary>
internal sealed class FreshNames
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public FreshNames(OnnxGraph graph) => Take(graph);

    public string Of(string wish)
    {
        var chosen = wish;
        for (var i = 1; !taken.Add(chosen); i++)
            chosen = $"{wish}_{i}";
        return chosen;
    }

    private void Take(OnnxGraph graph)
    {
        taken.UnionWith(graph.Inputs.Select(input => input.Name));
        taken.UnionWith(graph.Initializers.Select(tensor => tensor.Name));
        foreach (var node in graph.Nodes)
        {
            taken.Add(node.Name);
            taken.UnionWith(node.Outputs);
            foreach (var inner in node.Attributes.SelectMany(attribute => attribute.Graphs))
                Take(inner);
        }
    }
}
