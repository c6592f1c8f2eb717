using System.Text;
using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Training.Sequences;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using Serverless.TrainingContainer.Tests.Onnx;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class TranslationModelTests
{
    private static readonly string[][] Rows = [["red house", "rotes haus"], ["red tree", "roter baum"], ["a house", "ein haus"], ["a tree", "ein baum"]];

    [Fact]
    public void Pairs_AreDividedOnce_AndNumberedByTheRowsToLearnFrom()
    {
        var pairs = TextPairs.Of(Rows, new(100, 1, 10), maxWritten: 2, holdout: 0.25, validation: 0.34, seed: 1);
        Assert.Equal((2, 1, 1), (pairs.Learn.Length, pairs.Validate.Length, pairs.Held.Length));
        Assert.Equal([0, 1, 2, 3], pairs.Learn.Concat(pairs.Validate).Concat(pairs.Held).Order());
        Assert.All(pairs.Read, ids => Assert.Equal(Vocabulary.Begin, ids[0]));
        Assert.All(pairs.Write, ids => Assert.True(ids.Length == 2 && ids[^1] == Vocabulary.End));
        Assert.Contains("--min-count", Assert.Throws<DataException>(() => TextPairs.Of(Rows, new(100, 9, 10), 2, 0, 0, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_JoinsTheWordsThatAreWritten_UpToTheEnd()
    {
        var pairs = TextPairs.Of(Rows, new(100, 1, 10), maxWritten: 4, holdout: 0, validation: 0, seed: 1);
        var haus = pairs.Target.Encode("haus", 2)[1];
        var ein = pairs.Target.Encode("ein", 2)[1];
        var model = TranslationModel.Of("english", pairs, 10, 4, Always(ein, haus, Vocabulary.End, 0), []);
        Assert.Empty(OnnxChecker.Check(model));
        var text = ModelRun.Run(model, OnnxTensor.Of(["a house", "red"], 2, 1) with { Name = "english" })["text"];
        Assert.Equal(["ein haus", "ein haus"], text.Strings.Select(each => Encoding.UTF8.GetString(each.Span)));
    }

    /// <summary>[N, length] to the same numbers for each row.</summary>
    private static OnnxModel Always(params long[] ids)
    {
        var graph = new GraphBuilder("network", TextGraph.Opset);
        var input = graph.Input("input", ElementType.Int64, Dimension.Named("batch"), Dimension.Named("length"));
        var first = graph.Node("ReduceMax", [input, graph.Constant("along", OnnxTensor.Of([1L], 1))]);
        var nothing = graph.Node("Sub", [first, first]);
        graph.Output(graph.Node("Add", [nothing, graph.Constant("words", OnnxTensor.Of(ids, 1, ids.Length))], output: "output"));
        return graph.ToModel("tests", "1");
    }
}
