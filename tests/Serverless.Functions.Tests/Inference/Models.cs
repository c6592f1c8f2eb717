using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;

namespace Serverless.Functions.Tests.Inference;

/// <summary>Small models with known answers.</summary>
internal static class Models
{
    private static readonly Dimension Rows = Dimension.Named("rows");

    /// <summary>The classes of <see cref="Flowers"/>.</summary>
    public static readonly string[] Classes = ["rose", "=tulip", "oxe,ye"];

    /// <summary>Takes height and width (FP32, missing: 0) and colour (text; red counts 5) a row; gives label and probabilities of three classes.</summary>
    public static byte[] Flowers(float bias = 0)
    {
        var graph = new GraphBuilder("flowers");
        graph.Reserve("label", "probabilities");
        var zero = graph.Constant("zero", OnnxTensor.Of([0f], 1, 1));
        GraphValue Filled(GraphValue value) => graph.Node("Where", [graph.Node("IsNaN", [value]), zero, value]);
        var height = Filled(graph.Input("height", ElementType.Float, Rows, 1));
        var width = Filled(graph.Input("width", ElementType.Float, Rows, 1));
        var colour = graph.Node(
            "ai.onnx.ml/LabelEncoder",
            [graph.Input("colour", ElementType.String, Rows, 1)],
            [OnnxAttribute.Of("keys_strings", ["red"]), OnnxAttribute.Of("values_floats", [5f]), OnnxAttribute.Of("default_float", 0f)]);
        var all = graph.Node("Concat", [height, width, colour], [OnnxAttribute.Of("axis", 1L)]);
        var weights = graph.Constant("weights", OnnxTensor.Of([1f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 1f], 3, 3));
        var scores = graph.Node("Add", [graph.Node("MatMul", [all, weights]), graph.Constant("bias", OnnxTensor.Of([bias, 0f, 0f], 3))]);
        var probabilities = graph.Node("Softmax", [scores], [OnnxAttribute.Of("axis", 1L)], "probabilities");
        var best = graph.Node("ArgMax", [scores], [OnnxAttribute.Of("axis", 1L), OnnxAttribute.Of("keepdims", 0L)]);
        var label = graph.Node("Gather", [graph.Constant("classes", OnnxTensor.Of(Classes, 3)), best], output: "label");
        graph.Output(label, TensorType.Of(ElementType.String, Rows));
        graph.Output(probabilities, TensorType.Of(ElementType.Float, Rows, 3));
        return ModelWriter.ToBytes(graph.ToModel("test", "1", [new("classes", """["rose","=tulip","oxe,ye"]""")]));
    }

    /// <summary>Gives back what it takes, [rows, width].</summary>
    public static byte[] Echo(ElementType type, int width = 2)
    {
        var graph = new GraphBuilder("echo");
        graph.Reserve("y");
        var x = graph.Input("x", type, Rows, width);
        graph.Output(graph.Node("Identity", [x], output: "y"), TensorType.Of(type, Rows, width));
        return ModelWriter.ToBytes(graph.ToModel("test", "1"));
    }

    /// <summary>Adds a constant to each element, so that two versions can be told apart.</summary>
    public static byte[] Plus(float constant, int width = 1)
    {
        var graph = new GraphBuilder("plus");
        graph.Reserve("y");
        var x = graph.Input("x", ElementType.Float, Rows, width);
        graph.Output(graph.Node("Add", [x, graph.Constant("c", OnnxTensor.Of([constant], 1, 1))], output: "y"), TensorType.Of(ElementType.Float, Rows, width));
        return ModelWriter.ToBytes(graph.ToModel("test", "1"));
    }

    /// <summary>Runs as many turns of a loop as its input says.</summary>
    public static byte[] Loop(long? turns = null)
    {
        var body = new GraphBuilder("body");
        body.Reserve("on", "next");
        body.Input("turn", ElementType.Int64);
        var go = body.Input("go", ElementType.Bool);
        var held = body.Input("held", ElementType.Float, 1);
        body.Output(body.Node("Identity", [go], output: "on"), TensorType.Of(ElementType.Bool));
        body.Output(body.Node("Sin", [held], output: "next"), TensorType.Of(ElementType.Float, 1));
        var graph = new GraphBuilder("loop");
        graph.Reserve("y");
        var x = graph.Input("x", ElementType.Int64, Rows);
        var one = graph.Constant("one", OnnxTensor.Of([1f], 1));
        var count = turns is { } fixedTurns
            ? graph.Constant("count", OnnxTensor.Of([fixedTurns]))
            : graph.Node("ReduceMax", [x], [OnnxAttribute.Of("keepdims", 0L)]);
        var on = graph.Constant("always", OnnxTensor.Of([true]));
        graph.Output(graph.Node("Loop", [count, on, one], [OnnxAttribute.Of("body", body.ToGraph())], "y"), TensorType.Of(ElementType.Float, 1));
        return ModelWriter.ToBytes(graph.ToModel("test", "1"));
    }
}
