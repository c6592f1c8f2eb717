using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Training.Forecasts;
using Serverless.Training.Scores;
using Serverless.Training.Served;
using Serverless.TrainingContainer.Tests.Onnx;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class ForecastModelTests
{
    private static readonly float[] Offsets = [0.5f, -1, 2, 0, 1];

    [Fact]
    public void Model_ScalesTheHistory_AndGivesTheQuantilesOfThePathsInItsUnits()
    {
        var model = ForecastModel.Of(context: 3, samples: 5, coverage: 0.5, Network(), []);
        Assert.Empty(OnnxChecker.Check(model));
        var outputs = ModelRun.Run(model, OnnxTensor.Of([10f, float.NaN, 30f], 1, 3) with { Name = "history" });

        double scale = SeriesScale.Of([10, float.NaN, 30]);
        double[] sorted = [.. Offsets.Select(offset => (30 / scale + offset) * scale).Order()];
        Assert.Equal(sorted.Average(), outputs["mean"].Numbers()[0], 1e-4);
        Assert.Equal(Quantiles.Of(sorted, 0.5), outputs["median"].Numbers()[0], 1e-4);
        Assert.Equal(Quantiles.Of(sorted, 0.25), outputs["lower"].Numbers()[0], 1e-4);
        Assert.Equal(Quantiles.Of(sorted, 0.75), outputs["upper"].Numbers()[0], 1e-4);
    }

    [Fact]
    public void Model_OfAHistoryOfNothing_StaysFinite()
    {
        var outputs = ModelRun.Run(ForecastModel.Of(3, 5, 0.9, Network(), []), OnnxTensor.Of([0f, float.NaN, 0f], 1, 3) with { Name = "history" });
        Assert.All(outputs.Values.SelectMany(output => output.Numbers()), number => Assert.True(double.IsFinite(number)));
    }

    [Fact]
    public void Summary_OfPathsThatHitTheTruth_IsPerfect()
    {
        var summary = new ForecastSummary(coverage: 0.9, season: 1);
        summary.Add([4, float.NaN, 8], new float[,] { { 4, 1, 8 }, { 4, 2, 8 } }, [1, 2, 3]);
        Assert.Equal([("wape", 0.0), ("crps", 0.0), ("mase", 0.0), ("coverage", 1.0)], summary.Scores());
    }

    /// <summary>[N, 3] to paths [N, 5, 1]: the last value and an offset for each path.</summary>
    private static OnnxModel Network()
    {
        var graph = new GraphBuilder("network");
        var history = graph.Input("input", ElementType.Float, Dimension.Named("batch"), 3);
        var last = graph.Node("MatMul", [history, graph.Constant("pick", OnnxTensor.Of([0f, 0, 1], 3, 1))]);
        var paths = graph.Node("Add", [last, graph.Constant("offsets", OnnxTensor.Of(Offsets, 1, 5))]);
        graph.Output(graph.Node("Unsqueeze", [paths, graph.Constant("axis", OnnxTensor.Of([2L], 1))], output: "output"));
        return graph.ToModel("tests", "1");
    }
}
