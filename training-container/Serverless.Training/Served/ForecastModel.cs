using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Forecasts;

namespace Serverless.Training.Served;

/// <summary>
/// Makes the model of a forecasting endpoint. The input <c>history</c>, [N, context], is a series' last values, NaN where one is missing; the outputs <c>mean</c>, <c>median</c>,
/// <c>lower</c> and <c>upper</c>, [N, horizon], are what comes next, all in the series' own units.
/// </summary>
internal static class ForecastModel
{
    /// <summary>The input.</summary>
    public const string History = "history";

    /// <summary>The outputs, in order.</summary>
    public static readonly IReadOnlyList<string> Outputs = ["mean", "median", "lower", "upper"];

    /// <summary>Makes the model.</summary>
    /// <param name="context">Values that are shown.</param>
    /// <param name="samples">Paths that the network draws.</param>
    /// <param name="coverage">The share of the values between <c>lower</c> and <c>upper</c>.</param>
    /// <param name="network">The exported network, scaled histories [N, context] to paths [N, samples, horizon].</param>
    /// <param name="metadata">What the model says about itself.</param>
    public static OnnxModel Of(int context, int samples, double coverage, OnnxModel network, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var graph = new GraphBuilder("forecast", (int)network.Opsets.First(opset => opset.Domain == OpsetImport.Main).Version);
        graph.Reserve([.. Outputs]);
        var history = graph.Input(History, ElementType.Float, Dimension.Named("N"), context);
        var (shown, scale) = Scaled(graph, history);
        var scaled = graph.Inline(network.Graph, [shown])[0];
        var paths = graph.Node("Mul", [scaled, graph.Node("Unsqueeze", [scale, Longs(graph, "last", 2)])]);
        var sum = graph.Node("ReduceSum", [paths, Longs(graph, "alongPaths", 1)], [OnnxAttribute.Of("keepdims", 0)]);
        graph.Output(graph.Node("Mul", [sum, graph.Constant("share", OnnxTensor.Of([1f / samples]))], output: Outputs[0]));
        var sorted = graph.Node("TopK", [paths, Longs(graph, "allPaths", samples)], 2, [OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("largest", 0), OnnxAttribute.Of("sorted", 1)])[0];
        var (low, high) = Quantiles.Interval(coverage);
        foreach (var (name, level) in Outputs.Skip(1).Zip([0.5, low, high]))
            graph.Output(Quantile(graph, sorted, samples, level, name));
        return graph.ToModel("Serverless.Torch", typeof(ForecastModel).Assembly.GetName().Version!.ToString(3), [.. metadata, .. network.Metadata]);
    }

    /// <summary>As <see cref="SeriesScale"/>: gaps are 0, and the scale is the mean of the absolute values that are there.</summary>
    private static (GraphValue Shown, GraphValue Scale) Scaled(GraphBuilder graph, GraphValue history)
    {
        var along = Longs(graph, "alongValues", 1);
        var one = graph.Constant("one", OnnxTensor.Of([1f]));
        var missing = graph.Node("IsNaN", [history]);
        var there = graph.Node("Where", [missing, graph.Constant("zero", OnnxTensor.Of([0f])), history]);
        var count = graph.Node("ReduceSum", [graph.Node("Cast", [graph.Node("Not", [missing])], [OnnxAttribute.Of("to", (long)ElementType.Float)]), along]);
        var mean = graph.Node("Div", [graph.Node("ReduceSum", [graph.Node("Abs", [there]), along]), graph.Node("Max", [count, one])]);
        var scale = graph.Node("Where", [graph.Node("Greater", [mean, graph.Constant("least", OnnxTensor.Of([1e-30f]))]), mean, one]);
        return (graph.Node("Div", [there, scale]), scale);
    }

    private static GraphValue Quantile(GraphBuilder graph, GraphValue sorted, int samples, double level, string name)
    {
        var place = level * (samples - 1);
        var below = Math.Min((int)place, Math.Max(0, samples - 2));
        var first = Path(graph, sorted, below);
        var step = graph.Node("Sub", [Path(graph, sorted, Math.Min(samples - 1, below + 1)), first]);
        return graph.Node("Add", [first, graph.Node("Mul", [step, graph.Constant("part", OnnxTensor.Of([(float)(place - below)]))])], output: name);
    }

    private static GraphValue Path(GraphBuilder graph, GraphValue sorted, int at) =>
        graph.Node("Squeeze", [graph.Node("Gather", [sorted, Longs(graph, "path", at)], [OnnxAttribute.Of("axis", 1)]), Longs(graph, "alongOne", 1)]);

    private static GraphValue Longs(GraphBuilder graph, string wish, long value) => graph.Constant(wish, OnnxTensor.Of([value], 1));
}
