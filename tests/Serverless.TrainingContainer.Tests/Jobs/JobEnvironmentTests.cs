using Serverless.Jobs;
using Serverless.Jobs.Arguments;
using Serverless.Agent.Metrics;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Jobs;

/// <summary>The SDK of people who write jobs.</summary>
public sealed class JobEnvironmentTests
{
    [Fact]
    public void Input_ThatTheJobHas_IsFoundInAnyCase()
    {
        using var job = new JobEnvironment(new Dictionary<string, string> { ["SERVERLESS_INPUT_TRAIN"] = "/data/train", ["SERVERLESS_INPUT_VAL"] = "/data/val" });
        Assert.Equal("/data/train", job.InputFolder("Train"));
        Assert.Equal(["train", "val"], job.Channels);
    }

    [Fact]
    public void Input_ThatTheJobHasNot_NamesThoseItHas()
    {
        using var job = new JobEnvironment(new Dictionary<string, string> { ["SERVERLESS_INPUT_VAL"] = "/data/val" });
        var error = Assert.Throws<JobVariableException>(() => job.InputFolder("train"));
        Assert.Contains("SERVERLESS_INPUT_TRAIN", error.Message, StringComparison.Ordinal);
        Assert.Contains("inputs are: val", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variable_ThatIsNotSet_FailsWhenItIsUsedAndNotBefore()
    {
        using var job = new JobEnvironment(new Dictionary<string, string>());
        Assert.Contains("SERVERLESS_MODEL_DIR", Assert.Throws<JobVariableException>(() => job.ModelFolder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_FromManyThreads_IsReadByTheAgentLineByLine()
    {
        using var folder = new TempFolder();
        using (var job = new JobEnvironment(new Dictionary<string, string> { ["SERVERLESS_METRICS_FILE"] = folder["m/metrics.jsonl"] }))
            Parallel.For(0, 200, i => job.Report("loss\"", i == 0 ? double.NaN : i, i));

        var points = File.ReadLines(folder["m/metrics.jsonl"]).Select(line => Assert.Single(MetricJson.Read(line, default)!)).ToList();

        Assert.Equal(200, points.Count);
        Assert.All(points, point => Assert.Equal("loss\"", point.Name));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long?)i), points.Select(point => point.Step).Order());
        Assert.Equal(double.NaN, points.Single(point => point.Step == 0).Value);
    }

    [Fact]
    public void Checkpoint_WhoseWritingFails_LeavesTheOneBefore()
    {
        using var folder = new TempFolder();
        using var job = new JobEnvironment(new Dictionary<string, string> { ["SERVERLESS_CHECKPOINT_DIR"] = folder["c"] });
        job.SaveCheckpoint(files => files.Write("deep/state", stream => stream.Write("one"u8)));
        var marker = File.GetLastWriteTimeUtc(folder["c/.commit"]);

        Assert.Throws<InvalidOperationException>(() => job.SaveCheckpoint(files =>
        {
            files.Write("deep/state", stream => stream.Write("two"u8));
            throw new InvalidOperationException("crash");
        }));

        Assert.True(job.TryFindCheckpoint("deep/state", out var file));
        Assert.Equal("one", File.ReadAllText(file));
        Assert.Equal(marker, File.GetLastWriteTimeUtc(folder["c/.commit"]));
    }

    [Fact]
    public void Checkpoint_WhoseWriterClosesTheStream_IsSavedAllTheSame()
    {
        using var folder = new TempFolder();
        using var job = new JobEnvironment(new Dictionary<string, string> { ["SERVERLESS_CHECKPOINT_DIR"] = folder["c"] });
        job.SaveCheckpoint(files => files.Write("weights", stream =>
        {
            using var writer = new BinaryWriter(stream);
            writer.Write(42);
        }));
        Assert.Equal(sizeof(int), new FileInfo(folder["c/weights"]).Length);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/x")]
    [InlineData(".commit")]
    public void Checkpoint_WithAPathThatLeadsOut_IsRefused(string path)
    {
        using var folder = new TempFolder();
        using var job = new JobEnvironment(new Dictionary<string, string> { ["SERVERLESS_CHECKPOINT_DIR"] = folder["c"] });
        Assert.Throws<ArgumentException>(() => job.SaveCheckpoint(files => files.Write(path, _ => { })));
    }

    [Fact]
    public void Arguments_AreReadInEveryForm()
    {
        var arguments = JobArguments.Parse(["--a", "1", "--b=two words", "--flag", "--a", "-3.5", "rest", "--empty", ""]);
        Assert.Equal(["1", "-3.5"], arguments.All("a"));
        Assert.Equal(-3.5, arguments.Number("a", 0));
        Assert.Equal("two words", arguments.Text("b", ""));
        Assert.True(arguments.Flag("flag"));
        Assert.False(arguments.Flag("other"));
        Assert.Equal("", arguments.Text("empty", "fallback"));
        Assert.Equal(["rest"], arguments.Positional);
        arguments.ThrowIfWrong();
    }

    [Fact]
    public void Arguments_ThatAreWrong_AreAllSaidAtOnce()
    {
        var arguments = JobArguments.Parse(["--rate", "fast", "--epochs", "0", "--typo", "1"]);
        arguments.Number("rate", 1);
        arguments.Integer("epochs", 1, low: 1, high: 10);
        arguments.RequiredText("target");

        var error = Assert.Throws<JobArgumentException>(arguments.ThrowIfWrong);

        Assert.Equal(4, error.Message.Split('\n').Length);
        Assert.All(["--rate 'fast'", "--epochs '0'", "--target is missing", "--typo is not"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
