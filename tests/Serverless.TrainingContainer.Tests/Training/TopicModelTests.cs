using System.Text;
using Serverless.Jobs.Arguments;
using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.TestKit;
using Serverless.Training.Progress;
using Serverless.Training.Sequences;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using Serverless.TrainingContainer.Tests.Onnx;

namespace Serverless.TrainingContainer.Tests.Training;

public sealed class TopicModelTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Model_CountsKnownWords_AndNamesTheStrongestTopic()
    {
        var vocabulary = Vocabulary.Of(["ship", "bread"], []);
        float[] counted = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]; // padding, unknown, begin, end, ship, bread
        var model = TopicModel.Of("story", vocabulary, 10, OnnxTensor.Of(counted, 6, 2), OnnxTensor.Of([0f, 0.5f], 2), ["ship sea", "bread oven"], Softmax(), []);
        Assert.Empty(OnnxChecker.Check(model));
        var outputs = ModelRun.Run(model, OnnxTensor.Of(["Ship after ship, no bread.", "bread", ""], 3, 1) with { Name = "story" });
        Assert.Equal([1, 2, 2], outputs["topic"].Numbers());
        var weights = outputs["weights"].Numbers();
        Assert.Equal([2 - 1.5, 0 - 1.5, 0 - 0.5], Enumerable.Range(0, 3).Select(row => Math.Round(Math.Log(weights[2 * row] / weights[2 * row + 1]), 4)));
    }

    [Fact]
    public void TextColumns_PassesOverRowsThatLackOne_AndNamesAnUnknownColumn()
    {
        var table = Table("text,section\na,x\n,y\n\"c, d\",\ne,z\n");
        var rows = TextColumns.Read(table, [("section", "target"), ("text", "text")], new([]), CancellationToken.None);
        Assert.Equal([["x", "a"], ["z", "e"]], rows);
        var wrong = Assert.Throws<DataException>(() => TextColumns.Read(table, [("body", "text")], new([]), CancellationToken.None));
        Assert.Contains("Give --text one of them", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_ChangesWithTheOptionsAndWithTheFiles()
    {
        var table = Table("a\n1\n");
        var before = RunFingerprint.Of(table.Files, "epochs 3");
        Assert.Equal(before, RunFingerprint.Of(table.Files, "epochs 3"));
        Assert.NotEqual(before, RunFingerprint.Of(table.Files, "epochs 4"));
        Assert.NotEqual(before, RunFingerprint.Of(Table("a\n1\n2\n").Files, "epochs 3"));
    }

    private CsvTable Table(string content)
    {
        File.WriteAllText(folder["rows.csv"], content, Encoding.UTF8);
        return CsvTable.Open(TableFolder.Files(folder.Path), TableFormat.Parse(JobArguments.Parse(["--separator", ","])));
    }

    private static OnnxModel Softmax()
    {
        var graph = new GraphBuilder("network", TextGraph.Opset);
        var input = graph.Input("input", ElementType.Float, Dimension.Named("batch"), 2);
        graph.Output(graph.Node("Softmax", [input], [OnnxAttribute.Of("axis", 1)], "output"));
        return graph.ToModel("tests", "1");
    }
}
