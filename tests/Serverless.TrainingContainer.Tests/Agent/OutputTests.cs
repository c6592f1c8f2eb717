using System.Text;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>Logs, metrics and files while a program runs.</summary>
public sealed class OutputTests
{
    [Fact]
    public async Task Flood_IsCutAtTheLimit_AndNeitherBlocksNorFillsMemory()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Misbehave("flood", (1 << 30).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var agent = scene.Agent(more: ["--log-bytes", "200000"]);

        var exit = await scene.Host.ExitAsync(job);

        Assert.Equal(JobReason.Completed, exit.Reason);
        Assert.InRange(scene.Host.LogBytes(job).Length, 200_000, 210_000);
        Assert.True(exit.LogBytesDropped > 1_000_000_000);
        Assert.Contains("bytes of output after it were dropped", scene.Host.Log(job), StringComparison.Ordinal);
        Assert.Equal([1], scene.Host.Values(job, "after"));
        Assert.Equal("after = 1", exit.LogTail[^1]);
        Assert.All(exit.LogTail, line => Assert.InRange(line.Length, 0, AgentProtocol.LogTailLineLength));
        Assert.InRange(agent.PeakMemoryBytes(), 0, 250L << 20);
    }

    [Fact]
    public async Task Log_WhileTheProgramRuns_IsSeenLive()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Shell("echo begun; echo 'loss = 1'; sleep 1000"));
        scene.Agent();

        await ProgramEndTests.SaysAsync(scene, job, "begun");
        await Eventually.TrueAsync("the metric", () => scene.Host.Values(job, "loss").Length == 1, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(JobStatus.Running, scene.Host.Jobs[job].Status);
    }

    /// <summary>Where each write is billed the host asks for fewer: what is said meanwhile goes together, and at the end all is there.</summary>
    [Fact]
    public async Task Log_OfAHostThatAsksForLongBatches_ComesInFewWrites()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.BatchSeconds = 60;
        var ticket = scene.Shell("for i in $(seq 1 30); do echo \"n = $i\"; sleep 0.03; done");
        await scene.RunAsync(ticket);
        Assert.Equal(string.Concat(Enumerable.Range(1, 30).Select(i => $"n = {i}\n")), scene.Host.Log(ticket.JobId));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (double)i), scene.Host.Values(ticket.JobId, "n"));
        Assert.InRange(scene.Host.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal) && request.EndsWith("/log", StringComparison.Ordinal)), 1, 3);
    }

    [Fact]
    public async Task Log_WithAnswersLostAndRequestsDropped_HasEveryByteOnce()
    {
        await using var scene = await AgentScene.OpenAsync();
        var count = 0;
        scene.Host.Faults = context => !context.Request.Path.Value!.StartsWith("/agent/v1/jobs/", StringComparison.Ordinal) ? Fault.None
            : (Interlocked.Increment(ref count) % 9) switch { 0 => new Fault(DropAfter: true), 3 => new Fault(DropBefore: true), 6 => new Fault(Status: 503), _ => Fault.None };

        var ticket = scene.Shell("for i in $(seq 1 300); do echo \"n = $i\"; sleep 0.003; done");
        await scene.RunAsync(ticket);

        Assert.Equal(string.Concat(Enumerable.Range(1, 300).Select(i => $"n = {i}\n")), scene.Host.Log(ticket.JobId));
        Assert.Equal(Enumerable.Range(1, 300).Select(i => (double)i), scene.Host.Values(ticket.JobId, "n"));
    }

    [Fact]
    public async Task Log_OfBytesThatAreNoText_IsKeptAsItIs()
    {
        await using var scene = await AgentScene.OpenAsync();
        var ticket = scene.Shell(@"printf '\377\376\000x = 1\n\033[31mred\n'");

        var exit = await scene.RunAsync(ticket);

        Assert.Equal([0xff, 0xfe, 0, .. "x = 1\n\u001b[31mred\n"u8], scene.Host.LogBytes(ticket.JobId));
        Assert.Equal("\u001b[31mred", exit.LogTail[^1]);
    }

    [Fact]
    public async Task Metrics_ByPatternAndByFile_AreReportedWithSteps()
    {
        await using var scene = await AgentScene.OpenAsync();
        var ticket = scene.Shell(
            """
            echo 'epoch 1 loss: 0.25 acc: 0.5'
            printf '10%%\r20%%\rprogress loss: 0.125\r\n' >&2
            echo '{"name":"f1","value":0.75,"step":3}' >> $SERVERLESS_METRICS_FILE
            echo '{"step":4,"precision":0.5,"recall":NaN,"text":"no"}' >> $SERVERLESS_METRICS_FILE
            printf '{"name":"last","value":"Infinity"}' >> $SERVERLESS_METRICS_FILE
            """) with
        {
            Metrics = [new MetricSpec("loss", "loss: ([0-9.]+)"), new MetricSpec("acc", "epoch (?<step>[0-9]+) .*acc: ([0-9.]+)"), new MetricSpec("bad", "(?=x)(y")],
        };

        await scene.RunAsync(ticket);

        Assert.Equal([0.125, 0.25], scene.Host.Values(ticket.JobId, "loss").Order());
        Assert.Equal([0.75], scene.Host.Values(ticket.JobId, "f1"));
        Assert.Equal([double.NaN], scene.Host.Values(ticket.JobId, "recall"));
        Assert.Equal([double.PositiveInfinity], scene.Host.Values(ticket.JobId, "last"));
        var points = scene.Host.Points[(ticket.JobId, 1)];
        Assert.Equal((0.5, 1L), points.Where(point => point.Name == "acc").Select(point => (point.Value, point.Step!.Value)).Single());
        Assert.Equal(4, points.Single(point => point.Name == "precision").Step);
        Assert.Contains("The metric 'bad' is not read", scene.Host.Log(ticket.JobId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_AppearWhileTheProgramRuns_AndAreReplaced()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Shell("echo one > $SERVERLESS_ARTIFACTS_DIR/a.txt; while [ ! -e $SERVERLESS_ARTIFACTS_DIR/go.tmp ]; do sleep 0.05; done; echo two > $SERVERLESS_ARTIFACTS_DIR/a.txt"));
        scene.Agent();
        await Eventually.TrueAsync("the first content", () => FileText(scene, job, "a.txt") == "one\n", cancel: TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(Path.Combine(scene.Data.Path, "attempts", $"{job}-1", "artifacts", "go.tmp"), "", TestContext.Current.CancellationToken);
        await scene.Host.ExitAsync(job);

        Assert.Equal("two\n", FileText(scene, job, "a.txt"));
        Assert.DoesNotContain(scene.Host.Files.Keys, key => key.Path == "go.tmp");
    }

    [Fact]
    public async Task Files_ThatAreLinksPipesOrDevices_AreNotFollowed()
    {
        await using var scene = await AgentScene.OpenAsync();
        await File.WriteAllTextAsync(scene.Data["secret"], "secret", TestContext.Current.CancellationToken);
        var ticket = scene.Shell($"cd $SERVERLESS_ARTIFACTS_DIR; ln -s {scene.Data["secret"]} file; ln -s {scene.Data.Path} folder; mkfifo pipe; echo good > good; mkdir -p d; ln -s / d/root");

        var exit = await scene.RunAsync(ticket);

        Assert.Equal(JobReason.Completed, exit.Reason);
        Assert.Equal(["good"], scene.Host.Files.Keys.Select(key => key.Path));
    }

    [Fact]
    public async Task Program_WhenTheStoreIsFull_EndsWithThatReason()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.Faults = context => context.Request.Path.Value!.EndsWith("/uploads", StringComparison.Ordinal) ? new Fault(Status: 507) : Fault.None;

        var exit = await scene.RunAsync(scene.Shell("echo x > $SERVERLESS_MODEL_DIR/model.onnx"));

        Assert.Equal((JobReason.DiskFull, 0), (exit.Reason, exit.ExitCode));
        Assert.Contains("store is full", exit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatFindsTheDiskFull_EndsWithThatReason()
    {
        await using var scene = await AgentScene.OpenAsync();

        var exit = await scene.RunAsync(scene.Shell("cat /dev/zero > /dev/full"));

        Assert.Equal(JobReason.DiskFull, exit.Reason);
        Assert.Contains("No space left on device", exit.Message, StringComparison.Ordinal);
    }

    private static string? FileText(AgentScene scene, string job, string path) =>
        scene.Host.Files.TryGetValue((job, 1, FileKind.Artifacts, path), out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
}
