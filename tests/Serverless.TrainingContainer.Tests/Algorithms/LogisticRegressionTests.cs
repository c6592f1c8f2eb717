using Serverless.Algorithms.Exits;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Algorithms;

public sealed class LogisticRegressionTests
{
    private static readonly string Digits = File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), "samples/digits.csv"));

    [Fact]
    public void Digits_HeldOut_AreToldWithMargin()
    {
        using var run = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.InRange(run.Metric("accuracy"), 0.95, 1);
        Assert.InRange(run.Metric("log_loss"), 0, 0.2);
        Assert.InRange(run.Metric("macro_f1"), 0.95, 1);
        Assert.Equal(64, run.Model.Graph.Inputs.Count);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], System.Text.Json.JsonSerializer.Deserialize<string[]>(run.Model.MetadataOf("classes")!)!);
        Assert.Equal(TensorType.Of(ElementType.Int64, Dimension.Named("N")), run.Model.Graph.Outputs[0].Type);
        Assert.Equal(TensorType.Of(ElementType.Float, Dimension.Named("N"), 10), run.Model.Graph.Outputs[1].Type);
        Assert.Empty(OnnxChecker.Check(File.ReadAllBytes(run.ModelPath)));
    }

    [Fact]
    public void Digits_ModelFile_SaysWhatTheTrainingMeasured()
    {
        // The rows put aside are in a file of their own, so that we know them, and the model file alone is asked.
        var lines = Digits.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var held = lines[1..].Where((_, i) => i % 5 == 0).Select(line => line.Split(',')).ToList();
        using var run = new AlgorithmRun(("train.csv", string.Join('\n', [lines[0], .. lines[1..].Where((_, i) => i % 5 != 0)])), ("test.csv", string.Join('\n', [lines[0], .. lines[1..].Where((_, i) => i % 5 == 0)])))
            .Train("--target", "label", "--test-file", "test.csv");

        var said = run.Predict(held.Count, (input, row) => float.Parse(held[row][int.Parse(input.Name[1..])]))["label"].Integers;

        var right = held.Where((row, i) => long.Parse(row[64]) == said[i]).Count();
        Assert.Equal(run.Metric("accuracy"), (double)right / held.Count, 1e-5);
        Assert.InRange(right / (double)held.Count, 0.94, 1);
    }

    [Fact]
    public void Train_Twice_GivesTheSameBytes()
    {
        using var first = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label", "--max-iterations", "15");
        using var second = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label", "--epochs", "15");
        using var other = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label", "--max-iterations", "15", "--seed", "1");

        Assert.Equal(File.ReadAllBytes(first.ModelPath), File.ReadAllBytes(second.ModelPath));
        Assert.Equal(first.Output, second.Output);
        Assert.NotEqual(File.ReadAllBytes(first.ModelPath), File.ReadAllBytes(other.ModelPath));
    }

    [Fact]
    public void Train_BrokenOffAndResumed_GivesTheSameBytes()
    {
        using var whole = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label", "--max-iterations", "40");
        using var resumed = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label", "--max-iterations", "20", "--checkpoint-every", "20");
        Assert.NotEqual(File.ReadAllBytes(whole.ModelPath), File.ReadAllBytes(resumed.ModelPath));

        resumed.Train("--target", "label", "--max-iterations", "40");

        Assert.Contains("Goes on after iteration 20", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole.ModelPath), File.ReadAllBytes(resumed.ModelPath));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(500)]
    public void Train_CheckpointOfOtherOptionsOrTorn_StartsAnew(int length)
    {
        using var run = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label", "--max-iterations", "10", "--checkpoint-every", "10");
        var checkpoint = Path.Combine(run.Folder, "checkpoints/lbfgs.bin");
        if (length > 0)
            File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..length]);

        run.Train("--target", "label", "--max-iterations", "10", "--l2", length == 0 ? "5" : "1");

        Assert.Equal(ProgramExit.Success, run.Code);
        Assert.Contains("starts anew", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digits_ModelFile_IsAcceptedByOnnxItself()
    {
        var python = Needs.Python("onnx", "onnx");
        using var run = new AlgorithmRun(("digits.csv", Digits)).Train("--target", "label", "--max-iterations", "5");

        await AssertAcceptedAsync(python, run.ModelPath);
    }

    [Theory]
    [InlineData("penguins.csv", "species", 0.97, 0.1)]
    [InlineData("titanic.csv", "survived", 0.78, 0.5)]
    public async Task RealTable_MissingValuesAndCategories_AreLearntAndInTheModel(string file, string target, double accuracy, double logLoss)
    {
        var table = await File.ReadAllTextAsync(Needs.SharedData(file), TestContext.Current.CancellationToken);
        using var run = new AlgorithmRun((file, table)).Train("--target", target, "--ignore", file == "titanic.csv" ? "alive" : "", "--holdout", "0.3");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.InRange(run.Metric("accuracy"), accuracy, 1);
        Assert.InRange(run.Metric("log_loss"), 0, logLoss);
        Assert.Empty(OnnxChecker.Check(File.ReadAllBytes(run.ModelPath)));
        await AssertAcceptedAsync(Needs.Python("onnx", "onnx"), run.ModelPath);
    }

    [Fact]
    public void Adult_FilesWithoutHeader_AreLearnt()
    {
        var train = File.ReadAllText(Needs.SharedData("adult-train.csv"));
        var test = File.ReadAllText(Needs.SharedData("adult-test.csv")).Replace("K.", "K", StringComparison.Ordinal);
        using var run = new AlgorithmRun(("adult-train.csv", train), ("adult-test.csv", test)).Train("--target", "income", "--test-file", "adult-test.csv", "--rows", "8000", "--max-iterations", "60", "--columns",
            "age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,capital_gain,capital_loss,hours_per_week,native_country,income");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.InRange(run.Metric("accuracy"), 0.845, 1);
        Assert.InRange(run.Metric("log_loss"), 0, 0.34);
        Assert.Equal(["<=50K", ">50K"], System.Text.Json.JsonSerializer.Deserialize<string[]>(run.Model.MetadataOf("classes")!)!);
    }

    private static async Task AssertAcceptedAsync(string python, string path)
    {
        var (code, output) = await PythonProcess.RunAsync(python, "import onnx,sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)", path);
        Assert.True(code == 0, output);
    }
}
