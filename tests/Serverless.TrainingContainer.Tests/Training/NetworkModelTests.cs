using Serverless.Jobs;
using Serverless.Jobs.Arguments;
using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.TestKit;
using Serverless.Training.Rows;
using Serverless.Training.Sequences;
using Serverless.Training.Served;
using Serverless.Training.Tables;
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
    public void OfRows_LooksCategoriesUp_AndTakesTheLastRowForWhatHasNoSlot()
    {
        var data = Read("size,colour,label", ["1,red,x", "3,blue,y", "1,red,x", "3,blue,y"], uniform: false);
        var table = OnnxTensor.Of([10f, 100f, 0f], data.Plan.Categories[0].Slots + 1, 1);
        var model = NetworkModel.OfRows(data, [table], Summing(2, opset: 17), scores: null);
        Assert.Empty(OnnxChecker.Check(model));
        double Odds(float size, string colour)
        {
            var odds = ModelRun.Run(model, [Column("size", size), OnnxTensor.Of([colour], 1, 1) with { Name = "colour" }])["probabilities"].Numbers();
            return Math.Log(odds[0] / odds[1]);
        }

        var first = data.Plan.Categories[0].Kept[0];
        Assert.Equal(-1 + 10, Odds(1, first), 1e-2);
        Assert.Equal(1 + 0, Odds(3, "green"), 1e-3);
    }

    [Fact]
    public void OfNumber_TellsItInTheTargetsUnit()
    {
        var data = Read("size,label", ["1,100", "3,300", "1,100", "3,300"], uniform: false, number: true);
        Assert.Equal((200, 100), (data.Target!.Mean, data.Target.Spread));
        Assert.Equal([100, 300, 100, 300], data.Target.Learn);
        Assert.Empty(data.Labels.Names);
        var graph = new GraphBuilder("network");
        graph.Output(graph.Node("Mul", [graph.Input("input", ElementType.Float, Dimension.Named("batch"), 1), graph.Constant("two", OnnxTensor.Of([2f]))], output: "output"));

        var model = NetworkModel.OfNumber(data, [], graph.ToModel("tests", "1"), new(1.5, 1, 0.9));

        Assert.Empty(OnnxChecker.Check(model));
        Assert.Contains(new("task", "regression"), model.Metadata);
        Assert.Contains(new("r2", "0.9"), model.Metadata);
        var told = ModelRun.Run(model, OnnxTensor.Of([1f, 3f], 2, 1) with { Name = "size" })["value"];
        Assert.Equal([2], told.Dims);
        Assert.Equal([0, 400], told.Numbers());
    }

    [Theory]
    [InlineData("many", "The target 'many' in line 4 of the column 'label' is no number that 32 bits hold.")]
    [InlineData("1e99", "The target '1e99' in line 4")]
    public void Number_ThatIsNone_IsRefusedWithItsLine(string value, string problem) =>
        Assert.Contains(problem, Assert.Throws<DataException>(() => Read("size,label", ["1,100", "3,300", $"4,{value}"], uniform: false, number: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void Number_ThatIsTheSameInEveryRow_IsRefused() =>
        Assert.Contains("is 7 in every row", Assert.Throws<DataException>(() => Read("size,label", ["1,7", "3,7"], uniform: false, number: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void OfTexts_NumbersWordsAsTrainingDoes()
    {
        var texts = LabelledTexts.Of([["good good film", "1"], ["bad bad film", "0"], ["good film", "1"], ["bad film", "0"]], "stars", new(100, 1, 4), 0, 0, 1);
        Assert.Equal((4, 0, 0), (texts.Learn.Count, texts.Validate.Count, texts.Held.Count));
        var model = NetworkModel.OfTexts("review", texts, 4, Summing(-1, opset: 20), scores: null);
        Assert.Empty(OnnxChecker.Check(model));
        var odds = ModelRun.Run(model, OnnxTensor.Of(["Good film, of all films"], 1, 1) with { Name = "review" })["probabilities"].Numbers();
        Assert.Equal(texts.Vocabulary.Encode("Good film, of all films", 4).Sum(), Math.Log(odds[0] / odds[1]), 1e-2);
    }

    /// <summary>[N, width] to two scores: the sum of the row, and 0.</summary>
    private static OnnxModel Summing(int width, int opset)
    {
        var graph = new GraphBuilder("network", opset);
        var input = graph.Input("input", width < 0 ? ElementType.Int64 : ElementType.Float, Dimension.Named("batch"), width < 0 ? Dimension.Named("length") : width);
        var numbers = graph.Node("Cast", [input], [OnnxAttribute.Of("to", (long)ElementType.Float)]);
        var sum = graph.Node("ReduceSum", [numbers, graph.Constant("along", OnnxTensor.Of([1L], 1))]);
        graph.Output(graph.Node("Mul", [sum, graph.Constant("both", OnnxTensor.Of([1f, 0f], 1, 2))], output: "output"));
        return graph.ToModel("tests", "1");
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

    private LearningRows Read(string header, IReadOnlyList<string> rows, bool uniform, bool number = false)
    {
        File.WriteAllLines(Path.Combine(folder.Path, "rows.csv"), [header, .. rows]);
        using var job = new JobEnvironment(new Dictionary<string, string> { [JobVariables.Input("train")] = folder.Path });
        var options = RowsOptions.Parse(JobArguments.Parse(["--target", "label", "--holdout", "0"])) with { UniformNumbers = uniform, NumberTarget = number };
        return new RowsReader(options, ClassGraph.Outputs, TextWriter.Null).Read(job);
    }
}
