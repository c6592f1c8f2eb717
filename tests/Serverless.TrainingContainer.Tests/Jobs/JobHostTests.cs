using Serverless.Jobs;
using Serverless.Jobs.Hosting;
using Serverless.TestKit;

[assembly: JobVerb("__test", typeof(Serverless.TrainingContainer.Tests.Jobs.TestVerb))]

namespace Serverless.TrainingContainer.Tests.Jobs;

/// <summary>Every outcome of a job's body has its exit code and one clear message.</summary>
public sealed class JobHostTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly StringWriter error = new();
    private readonly JobEnvironment environment;

    public JobHostTests() => environment = new JobEnvironment(new Dictionary<string, string>
    {
        [JobVariables.JobId] = "j",
        [JobVariables.ModelFolder] = folder["model"],
        [JobVariables.ArtifactsFolder] = folder["artifacts"],
        [JobVariables.CheckpointFolder] = folder["checkpoints"],
        [JobVariables.TensorboardFolder] = folder["tensorboard"],
        [JobVariables.MetricsFile] = folder["metrics.jsonl"],
    });

    [Fact]
    public async Task Body_ThatEnds_IsSuccessWithItsMetricsAndFolders()
    {
        var code = await RunAsync(["--epochs", "3"], job =>
        {
            Assert.Equal(3, job.Arguments.Integer("epochs", 1));
            job.Arguments.ThrowIfWrong();
            job.Report("loss", 0.5, 1);
            job.Report("accuracy", 0.9);
            File.WriteAllText(Path.Combine(job.ModelFolder, "model.onnx"), "x");
        });
        Assert.Equal((JobExit.Success, ""), (code, error.ToString()));
        Assert.Equal(2, File.ReadLines(folder["metrics.jsonl"]).Count());
        Assert.Equal(2, EventFileReader.Records(Assert.Single(Directory.GetFiles(folder["tensorboard"]))).Count);
    }

    [Fact]
    public async Task Body_WithWrongArguments_SaysAllOfThem()
    {
        var code = await RunAsync(["--epochs", "0", "--typo"], job =>
        {
            job.Arguments.Integer("epochs", 1, low: 1);
            job.Arguments.ThrowIfWrong();
        });
        Assert.Equal(JobExit.WrongArguments, code);
        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public async Task Body_ThatFails_SaysWhyAndWhereAndKeepsTheTrace()
    {
        var code = await RunAsync([], _ => throw new AggregateException(new InvalidDataException("The file 'a' is torn.")));
        Assert.Equal(JobExit.Failure, code);
        Assert.StartsWith("The job failed: The file 'a' is torn. (InvalidDataException", Lines()[0], StringComparison.Ordinal);
        Assert.Contains("failure.txt", Lines()[1], StringComparison.Ordinal);
        Assert.Contains("InvalidDataException", File.ReadAllText(folder["artifacts/failure.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatFailsInItsOwnCode_NamesTheLine()
    {
        await RunAsync([], _ => int.Parse("x", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("JobHostTests.cs:", Lines()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_WhetherTheBodyThrowsOrReturns_SavesTheCheckpointAndExits143(bool throws)
    {
        var code = await RunAsync([], job =>
        {
            job.SaveWhenStopped(files => files.Write("state", stream => stream.Write("epoch 3"u8)));
            environment.Stop();
            if (throws)
                job.Stopping.ThrowIfCancellationRequested();
        });
        Assert.Equal(JobExit.Stopped, code);
        Assert.Equal("epoch 3", File.ReadAllText(folder["checkpoints/state"]));
        Assert.True(File.Exists(folder["checkpoints/.commit"]));
        Assert.Contains("with a checkpoint", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_CheckpointThatCannotBeSaved_IsSaidAndTheExitIsTheSame()
    {
        File.WriteAllText(folder["checkpoints"], "a file where the folder should be");
        var code = await RunAsync([], job =>
        {
            job.SaveWhenStopped(files => files.Write("state", _ => { }));
            environment.Stop();
        });
        Assert.Equal(JobExit.Stopped, code);
        Assert.Contains("could not be saved", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_OfTheBodysOwn_IsAFailure()
    {
        var code = await RunAsync([], _ => throw new OperationCanceledException("a timeout of its own"));
        Assert.Equal(JobExit.Failure, code);
        Assert.Contains("a timeout of its own", Lines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verb_OfAnAssembly_RunsInsteadOfTheBody()
    {
        Assert.Equal(42, await RunAsync(["__test", "40", "2"], _ => Assert.Fail("the body ran")));
        Assert.Equal(JobExit.UnknownVerb, await RunAsync(["__unknown"], _ => Assert.Fail("the body ran")));
        Assert.Contains("'__unknown'", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void ByHand_NothingSet_PutsFilesBelowTheCurrentFolderAndSaysSo()
    {
        var variables = HandRun.Complete(new Dictionary<string, string> { ["SERVERLESS_MODEL_DIR"] = "/mine", ["SERVERLESS_INPUT_TRAIN"] = "/data" }, folder.Path, error);
        Assert.Equal("/mine", variables["SERVERLESS_MODEL_DIR"]);
        Assert.Equal("/data", variables["SERVERLESS_INPUT_TRAIN"]);
        Assert.Equal(folder["job-output/checkpoints"], variables["SERVERLESS_CHECKPOINT_DIR"]);
        Assert.Contains("job-output", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void ByHand_AJob_IsLeftAsItIs()
    {
        var variables = new Dictionary<string, string> { ["SERVERLESS_JOB_ID"] = "j" };
        Assert.Same(variables, HandRun.Complete(variables, folder.Path, error));
        Assert.Empty(error.ToString());
    }

    public void Dispose()
    {
        environment.Dispose();
        folder.Dispose();
    }

    private Task<int> RunAsync(string[] arguments, Action<JobRun> body) => JobHost.RunAsync(arguments, job =>
    {
        body(job);
        return Task.CompletedTask;
    }, environment, TimeProvider.System, error);

    private string[] Lines() => error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
