using Serverless.Jobs;
using Serverless.Jobs.Arguments;
using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.TestKit;
using Serverless.Training.Rows;
using Serverless.Training.Served;
using Serverless.TrainingContainer.Tests.Onnx;

namespace Serverless.TrainingContainer.Tests.Training;

/// <summary>Raw columns through the served model are what the features in training are, through the network.</summary>
public sealed class NetworkModelTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OfImages_TakesRawPixels_AndGivesWhatTheNetworkGivesForTheFeatures()
    {
        var data = Read("a,b,c,d,label", ["0,16,3,8,x", "5,0,0,16,y", "1,2,3,4,x", "16,8,4,2,y"], uniform: true);
        var model = NetworkModel.OfImages(data, new(1, 2, 2), Network(), scores: null);
        Assert.Empty(OnnxChecker.Check(model));
        Assert.Equal(["a", "b", "c", "d"], model.Graph.Inputs.Select(input => input.Name));

        var row = data.Learn.DenseOf(0);
        var (first, second) = (row[0] + 2 * row[1], 3 * row[2] - row[3]);
        var outputs = ModelRun.Run(model, [Column("a", 0), Column("b", 16), Column("c", 3), Column("d", 8)]);
        var odds = outputs["probabilities"].Numbers();
        Assert.Equal(first - second, Math.Log(odds[0] / odds[1]), 1e-4);
    }

    [Fact]
    public void Uniform_GivesAllPixelsOneMeanAndOneSpread()
    {
        var data = Read("a,b,label", ["0,10,x", "0,10,y", "0,10,x", "0,10,y"], uniform: true);
        Assert.All(data.Plan.Numbers, number => Assert.Equal((5f, 0.2f, false), (number.Mean, number.Scale, number.HasIndicator)));
        Assert.Equal([-1, 1], data.Learn.DenseOf(0).ToArray());
    }

    private static OnnxTensor Column(string name, float value) => OnnxTensor.Of([value], 1, 1) with { Name = name };

    /// <summary>[N, 1, 2, 2] to two scores: a + 2b and 3c − d.</summary>
    private static OnnxModel Network()
    {
        var graph = new GraphBuilder("network");
        var image = graph.Input("input", ElementType.Float, Dimension.Named("batch"), 1, 2, 2);
        var flat = graph.Node("Flatten", [image], [OnnxAttribute.Of("axis", 1)]);
        graph.Output(graph.Node("MatMul", [flat, graph.Constant("weight", OnnxTensor.Of([1f, 0, 2, 0, 0, 3, 0, -1], 4, 2))], output: "output"));
        return graph.ToModel("tests", "1");
    }

    private LearningRows Read(string header, IReadOnlyList<string> rows, bool uniform)
    {
        File.WriteAllLines(Path.Combine(folder.Path, "rows.csv"), [header, .. rows]);
        using var job = new JobEnvironment(new Dictionary<string, string> { [JobVariables.Input("train")] = folder.Path });
        var options = RowsOptions.Parse(JobArguments.Parse(["--target", "label", "--holdout", "0"])) with { UniformNumbers = uniform };
        return new RowsReader(options, ClassGraph.Outputs, TextWriter.Null).Read(job);
    }
}
