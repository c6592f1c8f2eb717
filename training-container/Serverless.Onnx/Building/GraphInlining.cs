using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Building;

/// <summary>Puts a whole graph into one that is being built, so that models are made of parts: what prepares the data, a network, what reads its output.</summary>
public static class GraphInlining
{
    /// <summary>Adds the nodes and constants of a graph; names that are taken are changed.</summary>
    /// <param name="graph">The graph that is being built; its opset must know the nodes.</param>
    /// <param name="part">The graph to add.</param>
    /// <param name="inputs">What its inputs stand for, in their order.</param>
    /// <returns>Its outputs, in their order.</returns>
    /// <exception cref="ArgumentException">There are not as many inputs, or a node does not fit what it is given.</exception>
    public static IReadOnlyList<GraphValue> Inline(this GraphBuilder graph, OnnxGraph part, IReadOnlyList<GraphValue> inputs)
    {
        var given = part.Inputs.Where(input => part.Initializers.All(constant => constant.Name != input.Name)).ToList();
        if (given.Count != inputs.Count)
            throw new ArgumentException($"The graph '{part.Name}' has {given.Count} inputs ({string.Join(", ", given.Select(input => input.Name))}), and {inputs.Count} are given. Give one for each.", nameof(inputs));
        var values = given.Zip(inputs).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
        foreach (var constant in part.Initializers)
            values[constant.Name] = graph.Constant(constant.Name, constant);
        foreach (var node in part.Nodes)
        {
            var operands = node.Inputs.Select(name => name.Length == 0 ? null : values[name]).ToList();
            var attributes = node.Attributes.Select(attribute => attribute.Graphs.Count == 0 ? attribute : attribute with { Graphs = [.. attribute.Graphs.Select(body => Renamed(body, values))] }).ToList();
            var outputs = graph.Node(node.Domain.Length == 0 ? node.Operator : $"{node.Domain}/{node.Operator}", operands, node.Outputs.Count, attributes);
            foreach (var (name, value) in node.Outputs.Zip(outputs))
                if (name.Length > 0)
                    values[name] = value;
        }

        return [.. part.Outputs.Select(output => values[output.Name] is { Type: not null } typed ? typed : values[output.Name] with { Type = output.Type as TensorType })];
    }

    /// <summary>The body of a loop or a branch sees the values around it by name: those names have changed.</summary>
    private static OnnxGraph Renamed(OnnxGraph body, Dictionary<string, GraphValue> values)
    {
        var own = body.Inputs.Select(input => input.Name).Concat(body.Initializers.Select(constant => constant.Name)).Concat(body.Nodes.SelectMany(node => node.Outputs)).ToHashSet(StringComparer.Ordinal);
        var seen = values.Where(pair => !own.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);
        return body with
        {
            Nodes = [.. body.Nodes.Select(node => node with
            {
                Inputs = [.. node.Inputs.Select(name => seen.TryGetValue(name, out var value) ? value.Name : name)],
                Attributes = [.. node.Attributes.Select(attribute => attribute.Graphs.Count == 0 ? attribute : attribute with { Graphs = [.. attribute.Graphs.Select(inner => Renamed(inner, seen))] })],
            })],
        };
    }
}
