using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;

namespace Serverless.TrainingContainer.Tests.Onnx;

/// <summary>Models that tests begin with.</summary>
internal static class SampleModels
{
    public static readonly OnnxTensor Three = OnnxTensor.Of([1f, 2f, 3f], 3) with { Name = "three" };

    /// <summary>A graph with each kind of thing that we write: numbers, text, both operator sets, constants, a branch, metadata.</summary>
    public static OnnxModel Rich()
    {
        var graph = new GraphBuilder("rich");
        graph.Reserve("scores", "label");
        var x = graph.Input("x", ElementType.Float, Dimension.Named("N"), 2);
        var colour = graph.Input("colour", ElementType.String, Dimension.Named("N"), 1);
        var weights = graph.Constant("weights", OnnxTensor.Of([0.5f, -1f, 0.25f, 2f, 0f, 1f], 2, 3));
        var logits = graph.Node("Gemm", [x, weights, graph.Constant("bias", OnnxTensor.Of([0.1f, 0.2f, 0.3f], 3))]);
        var code = graph.Node("ai.onnx.ml/LabelEncoder", [colour],
            [OnnxAttribute.Of("keys_strings", ["red", "grün"]), OnnxAttribute.Of("values_int64s", [1L, 2L]), OnnxAttribute.Of("default_int64", 0)]);
        var shifted = graph.Node("Add", [logits, graph.Node("Cast", [code], [OnnxAttribute.Of("to", (long)ElementType.Float)])]);
        graph.Output(graph.Node("Softmax", [shifted], [OnnxAttribute.Of("axis", 1)], "scores"));
        var names = graph.Constant("names", OnnxTensor.Of(["a", "b", "c"], 3));
        var best = graph.Node("ArgMax", [shifted], [OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0)]);
        graph.Output(graph.Node("Gather", [names, best], [OnnxAttribute.Of("axis", 0)], "label"));
        graph.Output(Branch(graph));
        return graph.ToModel("Serverless.Tests", "1.0", new KeyValuePair<string, string>("classes", """["a","b","c"]"""), new("note", "ünïcode"));
    }

    /// <summary>The smallest model: y = x + three.</summary>
    public static OnnxModel Small() => new()
    {
        Opsets = [new("", 17)],
        Graph = new()
        {
            Name = "small",
            Inputs = [new("x", TensorType.Of(ElementType.Float, 3))],
            Outputs = [new("y", TensorType.Of(ElementType.Float, 3))],
            Initializers = [Three],
            Nodes = [new() { Operator = "Add", Inputs = ["x", "three"], Outputs = ["y"] }],
        },
    };

    /// <summary>The smallest model with other nodes.</summary>
    public static OnnxModel SmallWith(params IReadOnlyList<OnnxNode> nodes) => Small() is var small ? small with { Graph = small.Graph with { Nodes = nodes } } : null!;

    /// <summary>A graph that makes nothing but a constant, inside as many others as wanted.</summary>
    public static OnnxGraph Nested(int depth) => new()
    {
        Name = $"depth{depth}",
        Outputs = [new($"out{depth}", TensorType.Of(ElementType.Float))],
        Nodes = depth == 0
            ? [new() { Operator = "Constant", Outputs = ["out0"], Attributes = [OnnxAttribute.Of("value_float", 1f)] }]
            : [
                new() { Operator = "Constant", Outputs = [$"yes{depth}"], Attributes = [OnnxAttribute.Of("value", OnnxTensor.Of([true]))] },
                new() { Operator = "If", Inputs = [$"yes{depth}"], Outputs = [$"out{depth}"], Attributes = [OnnxAttribute.Of("then_branch", Nested(depth - 1)), OnnxAttribute.Of("else_branch", Nested(depth - 1))] },
            ],
    };

    private static GraphValue Branch(GraphBuilder graph)
    {
        var yes = graph.Constant("yes", OnnxTensor.Of([true]));
        var made = graph.Node("If", [yes], [OnnxAttribute.Of("then_branch", Nested(0)), OnnxAttribute.Of("else_branch", Nested(0))]);
        return made with { Type = TensorType.Of(ElementType.Float) };
    }
}
