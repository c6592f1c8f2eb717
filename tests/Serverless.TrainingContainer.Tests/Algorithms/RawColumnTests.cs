using Serverless.Onnx.Graphs;

namespace Serverless.TrainingContainer.Tests.Algorithms;

/// <summary>What the model does with raw columns: blanks, missing values, texts never seen, truth values.</summary>
public sealed class RawColumnTests
{
    private static readonly string[] Work = ["Private", "State-gov", "Self-emp"];

    /// <summary>Work decides, age helps a little; the third text is rare, some ages and works are missing.</summary>
    private static string Table()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 400).Select(i =>
        {
            var work = random.Next(3);
            var age = random.Next(20, 60);
            var member = random.Next(2) == 0;
            var rich = work == 1 ? random.NextDouble() < 0.9 : random.NextDouble() < (age > 40 ? 0.3 : 0.1);
            var workText = i % 40 == 7 ? "?" : i == 200 ? "Once-only" : Work[work];
            var ageText = i % 30 == 11 ? "NA" : age.ToString();
            return $"{ageText}, {workText}, {(member ? "True" : "False")}, {(rich ? "yes" : "no")}";
        });
        return "age, work, member, rich\n" + string.Join('\n', rows);
    }

    [Fact]
    public void Texts_WithBlanksAround_AreToldAlike()
    {
        using var run = new AlgorithmRun(("t.csv", Table())).Train("--target", "rich");

        var plain = Probabilities(run, "30", "State-gov", "True");

        Assert.Equal(plain, Probabilities(run, "30", " State-gov", " True"));
        Assert.Equal(plain, Probabilities(run, "30", "State-gov ", "true"));
        Assert.NotEqual(plain, Probabilities(run, "30", " Private", "True"));
        Assert.Equal(TensorType.Of(ElementType.String, Dimension.Named("N")), run.Model.Graph.Outputs[0].Type);
    }

    [Fact]
    public void MissingValues_InEverySpelling_AreToldAlike()
    {
        using var run = new AlgorithmRun(("t.csv", Table())).Train("--target", "rich");

        var missing = Probabilities(run, "NaN", "", "True");

        Assert.Equal(missing, Probabilities(run, "NaN", " ?", "True"));
        Assert.Equal(missing, Probabilities(run, "Infinity", "nan", "True"));
        Assert.All(missing, probability => Assert.InRange(probability, 0.001f, 0.999f));
    }

    [Fact]
    public void TextsNeverSeen_CountAsRare()
    {
        using var run = new AlgorithmRun(("t.csv", Table())).Train("--target", "rich");

        var unseen = Probabilities(run, "30", "Martian", "True");

        Assert.Equal(unseen, Probabilities(run, "30", "Once-only", "True"));
        Assert.Equal(1, unseen.Sum(), 1e-5);
    }

    [Fact]
    public void Model_InputsAreTheRawColumnsInOrder()
    {
        using var run = new AlgorithmRun(("t.csv", Table())).Train("--target", "rich");

        Assert.Equal(["age", "work", "member"], run.Model.Graph.Inputs.Select(input => input.Name));
        Assert.Equal("""[{"name":"age","type":"number"},{"name":"work","type":"text"},{"name":"member","type":"text"}]""", run.Model.MetadataOf("columns"));
        Assert.All(run.Model.Graph.Inputs, input => Assert.Equal("[N, 1]", input.Type!.ToString()![input.Type.ToString()!.IndexOf('[')..]));
    }

    [Fact]
    public void NumbersBeyondFloat_CountAsMissing()
    {
        using var run = new AlgorithmRun(("t.csv", "x,y,c\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{(i == 3 ? "1e400" : i)},{i % 7},{(i > 20 ? "a" : "b")}")))).Train("--target", "c");

        Assert.True(run.Code == 0, run.Error);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
    }

    private static float[] Probabilities(AlgorithmRun run, string age, string work, string member) => run.Predict(1, (input, _) => input.Name switch
    {
        "age" => age == "Infinity" ? float.PositiveInfinity : float.Parse(age),
        "work" => work,
        _ => member,
    })["probabilities"].Floats;
}
