using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;

namespace Serverless.TrainingContainer.Tests.Onnx.Precision;

/// <summary>Models to bring to other precisions.</summary>
internal static class PrecisionModels
{
    /// <summary>A classifier: embedding, two layers (one Gemm with a transposed weight, one MatMul), softmax; two outputs, one straight from a product.</summary>
    public static OnnxModel Classifier(int width = 64)
    {
        var random = new Random(3);
        var graph = new GraphBuilder("classifier");
        graph.Reserve("scores", "hidden");
        var ids = graph.Input("ids", ElementType.Int64, Dimension.Named("N"));
        var x = graph.Input("x", ElementType.Float, Dimension.Named("N"), width);
        var table = graph.Constant("table", Normal(random, 50, width));
        var sum = graph.Node("Add", [x, graph.Node("Gather", [table, ids])]);
        var hidden = graph.Node("Gemm", [sum, graph.Constant("first", Normal(random, 2 * width, width)), graph.Constant("bias", Normal(random, 2 * width))], [OnnxAttribute.Of("transB", 1), OnnxAttribute.Of("alpha", 0.5f)], "hidden");
        graph.Output(hidden);
        var logits = graph.Node("MatMul", [graph.Node("Relu", [hidden]), graph.Constant("second", Normal(random, 2 * width, 5))]);
        var scaled = graph.Node("Exp", [graph.Node("LogSoftmax", [logits], [OnnxAttribute.Of("axis", 1)])], output: "scores");
        graph.Output(scaled);
        return graph.ToModel("Serverless.Tests", "1.0");
    }

    public static OnnxTensor[] Asked(int rows, int width = 64)
    {
        var random = new Random(rows);
        return [OnnxTensor.Of([.. Enumerable.Range(0, rows).Select(i => (long)(i % 50))], rows) with { Name = "ids" }, Normal(random, rows, width) with { Name = "x" }];
    }

    /// <summary>Normal numbers with standard deviation 1/√(last dimension), as layers begin with.</summary>
    public static OnnxTensor Normal(Random random, params long[] dims)
    {
        var values = new float[dims.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) / Math.Sqrt(dims[^1]));
        return OnnxTensor.Of(values, dims);
    }
}
