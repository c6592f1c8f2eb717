using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Labels;

namespace Serverless.Training.Served;

/// <summary>The part of a classifier's graph after its scores: a probability for each class, and the class itself.</summary>
internal static class ClassGraph
{
    /// <summary>The output of the classes, as they are written in the data.</summary>
    public const string Label = "label";

    /// <summary>The output of the probabilities, [N, classes].</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The outputs, in order.</summary>
    public static readonly IReadOnlyList<string> Outputs = [Label, Probabilities];

    /// <summary>Adds both outputs. Their names must be reserved.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="logits">[N, classes].</param>
    /// <param name="labels">The classes.</param>
    public static void Add(GraphBuilder graph, GraphValue logits, LabelSet labels)
    {
        var probabilities = graph.Node("Softmax", [logits], [OnnxAttribute.Of("axis", 1)], Probabilities);
        var best = graph.Node("ArgMax", [probabilities], [OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0)]);
        var classes = labels.Numbers is { } numbers ? OnnxTensor.Of([.. numbers], numbers.Count) : OnnxTensor.Of(labels.Names, labels.Names.Count);
        graph.Output(graph.Node("Gather", [graph.Constant("classes", classes), best], [OnnxAttribute.Of("axis", 0)], Label));
        graph.Output(probabilities);
    }
}
