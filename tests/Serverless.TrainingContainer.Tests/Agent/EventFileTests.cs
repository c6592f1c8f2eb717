using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;
using Serverless.TrainingContainer.Tests.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>Programs whose only reports are TensorBoard event files.</summary>
public sealed class EventFileTests
{
    [Fact]
    public async Task Scalars_OfTheTensorBoardFolder_AreSeenLive_AndTheLastOnesToo()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Misbehave("events", "$SERVERLESS_TENSORBOARD_DIR", "3", "300", "0.5"));
        scene.Agent();

        await Eventually.TrueAsync("the first value while the program runs", () => scene.Host.Values(job, "eval/loss").Length is 1 or 2 && scene.Host.Jobs[job].Status == JobStatus.Running, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(JobReason.Completed, (await scene.Host.ExitAsync(job)).Reason);

        Assert.Equal([(1L, 1.5), (2, 1), (3, 0.8333)], scene.Host.Points[(job, 1)].Select(point => (point.Step!.Value, Math.Round(point.Value, 4))));
    }

    /// <summary>What is read from elsewhere is kept too, byte for byte.</summary>
    [Fact]
    public async Task Scalars_OfAFolderOfTheProgram_AreMetrics_AndTheFileIsKept()
    {
        await using var scene = await AgentScene.OpenAsync();
        var ticket = scene.Misbehave("events", "runs/today", "40", "1", "0.5") with { Metrics = [new MetricSpec("loss") { Tag = "eval/loss", Events = "runs" }] };

        await scene.RunAsync(ticket);

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), scene.Host.Points[(ticket.JobId, 1)].Where(point => point.Name == "loss").Select(point => point.Step!.Value));
        var (key, bytes) = Assert.Single(scene.Host.Files);
        Assert.Equal(FileKind.Tensorboard, key.Kind);
        Assert.StartsWith("runs/today/events.out.tfevents.", key.Path, StringComparison.Ordinal);
        using var copy = new TempFolder();
        await File.WriteAllBytesAsync(copy["e"], bytes, TestContext.Current.CancellationToken);
        Assert.Equal(81, EventFileReader.Records(copy["e"]).Count);
    }

    [Fact]
    public async Task Scalars_WithAnswersLost_AreReportedOnce()
    {
        await using var scene = await AgentScene.OpenAsync();
        var count = 0;
        scene.Host.Faults = context => !context.Request.Path.Value!.StartsWith("/agent/v1/jobs/", StringComparison.Ordinal) ? Fault.None
            : (Interlocked.Increment(ref count) % 7) switch { 0 => new Fault(DropAfter: true), 3 => new Fault(Status: 503), _ => Fault.None };
        var ticket = scene.Misbehave("events", "$SERVERLESS_TENSORBOARD_DIR", "100", "5", "0");

        await scene.RunAsync(ticket);

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), scene.Host.Points[(ticket.JobId, 1)].Select(point => point.Step!.Value));
    }

    /// <summary>The job template for C# reports each value twice, to the platform and to TensorBoard.</summary>
    [Fact]
    public async Task Scalars_ThatTheProgramAlsoReports_AreReportedOnce()
    {
        await using var scene = await AgentScene.OpenAsync();
        var writer = AgentProcess.Built("Serverless.Misbehaver");
        var ticket = scene.Shell($"for i in 1 2 3; do echo '{{\"eval/loss\":7,\"step\":'$i'}}' >> $SERVERLESS_METRICS_FILE; done; {writer} events '$SERVERLESS_TENSORBOARD_DIR' 3 50 0");

        await scene.RunAsync(ticket);

        Assert.Equal([7, 7, 7], scene.Host.Values(ticket.JobId, "eval/loss"));
    }
}
