using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>Who holds a job, and what becomes of an agent that does not any more.</summary>
public sealed class LeaseTests
{
    [Fact]
    public async Task Agent_WhoseClaimIsOver_KillsItsProgramAndChangesNothing()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.RenewSeconds = 0.2;
        var job = scene.Host.Submit(scene.Shell("echo $$; while :; do echo x >> $SERVERLESS_ARTIFACTS_DIR/f; sleep 0.01; done"));
        var agent = scene.Agent();
        await ProgramEndTests.SaysAsync(scene, job, "\n");
        var program = int.Parse(scene.Host.Log(job), System.Globalization.CultureInfo.InvariantCulture);

        scene.Host.Change(job, each => JobLife.Requeue(each));

        await Eventually.TrueAsync("the end of the program", () => !Directory.Exists($"/proc/{program}"), cancel: TestContext.Current.CancellationToken);
        await Eventually.TrueAsync("the word of the agent", () => agent.Lines.Any(line => line.Contains("not ours any more", StringComparison.Ordinal)), cancel: TestContext.Current.CancellationToken);
        Assert.Null(scene.Host.Jobs[job].Exit);
        Assert.Equal(JobStatus.Queued, scene.Host.Jobs[job].Status);
    }

    [Fact]
    public async Task Agent_ThatCannotRenew_KillsItsProgramBeforeTheClaimEnds()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.RenewSeconds = 0.2;
        scene.Host.LeaseSeconds = 2;
        var job = scene.Host.Submit(scene.Shell("echo $$; exec sleep 1000"));
        scene.Agent();
        await ProgramEndTests.SaysAsync(scene, job, "\n");
        var program = int.Parse(scene.Host.Log(job), System.Globalization.CultureInfo.InvariantCulture);
        scene.Host.Faults = _ => new Fault(DropBefore: true);
        var since = System.Diagnostics.Stopwatch.StartNew();

        await Eventually.TrueAsync("the end of the program", () => !Directory.Exists($"/proc/{program}"), cancel: TestContext.Current.CancellationToken);

        Assert.InRange(since.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public async Task TwoAgents_WhenTheFirstLostItsClaim_OnlyTheSecondIsHeard()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.RenewSeconds = 30;
        scene.Host.LeaseSeconds = 60;
        var job = scene.Host.Submit(scene.Shell("echo who = $$; echo x > $SERVERLESS_MODEL_DIR/m; sleep 0.5; echo late = 1; echo y > $SERVERLESS_MODEL_DIR/m"));
        scene.Agent();
        await ProgramEndTests.SaysAsync(scene, job, "who");
        scene.Host.Requeue(job);
        scene.Agent("node-2");

        var exit = await scene.Host.ExitAsync(job);

        Assert.Equal((JobReason.Completed, 2), (exit.Reason, scene.Host.Jobs[job].Epoch));
        Assert.Empty(scene.Host.Values(job, "late"));
        Assert.Equal([1], scene.Host.Values(job, "late", epoch: 2));
        Assert.Equal("y\n"u8.ToArray(), scene.Host.Files[(job, 2, FileKind.Model, "m")]);
    }

    [Fact]
    public async Task Agent_AskedToLeave_SavesTheLastCheckpointAndSaysEvicted()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Misbehave("catch-sigterm", "0"));
        var agent = scene.Agent();
        await ProgramEndTests.SaysAsync(scene, job, "waits");

        agent.Terminate();

        Assert.Equal(0, await agent.ExitCodeAsync());
        Assert.Equal(JobReason.Evicted, scene.Host.Jobs[job].Exit!.Reason);
        Assert.Equal("saved on SIGTERM", scene.Host.Checkpoint(job, "state.txt"));
        Assert.Equal(["node-1"], scene.Host.Left);
    }

    private static class JobLife
    {
        public static Core.Jobs.JobRecord Requeue(Core.Jobs.JobRecord job) => Core.Jobs.JobLife.Requeue(job, JobReason.NodeLost, "lost", TimeProvider.System.GetUtcNow());
    }
}
