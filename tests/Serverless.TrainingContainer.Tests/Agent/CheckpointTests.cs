using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>Checkpoints count whole or not at all, and a job goes on from the last one.</summary>
public sealed class CheckpointTests
{
    [Fact]
    public async Task Checkpoint_WrittenStraightIntoTheFile_IsNeverCommittedTorn()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Misbehave("torn-checkpoints", "4"));
        scene.Agent();

        for (var step = 1; step <= 4; step++)
        {
            await Eventually.TrueAsync($"checkpoint {step}", () =>
            {
                var lines = (scene.Host.Checkpoint(job, "state.txt") ?? "0\n0\n").Split('\n');
                Assert.True(lines is [var first, var second, ""] && first == second, $"a torn checkpoint was committed: {string.Join(' ', lines)}");
                return lines[0] == $"{step}";
            }, cancel: TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(scene.Data.Path, "attempts", $"{job}-1", "artifacts", $"go-{step}.tmp"), "", TestContext.Current.CancellationToken);
        }

        Assert.Equal(JobReason.Completed, (await scene.Host.ExitAsync(job)).Reason);
    }

    [Fact]
    public async Task Agent_KilledInTheMiddleOfACheckpoint_LeavesTheOneBefore()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.LeaseSeconds = 2;
        var job = scene.Host.Submit(scene.Misbehave("torn-then-hang"));
        var agent = scene.Agent();
        await Eventually.TrueAsync("the first checkpoint", () => scene.Host.Checkpoint(job, "state.txt") == "1\n1\n", cancel: TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(scene.Data.Path, "attempts", $"{job}-1", "artifacts", "go"), "", TestContext.Current.CancellationToken);
        await ProgramEndTests.SaysAsync(scene, job, "half = 2");

        agent.Kill();
        await agent.ExitCodeAsync();

        Assert.Equal("1\n1\n", scene.Host.Checkpoint(job, "state.txt"));
    }

    [Fact]
    public async Task Program_KilledInTheMiddleOfACheckpoint_LeavesTheOneBefore()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.RenewSeconds = 0.1;
        var job = scene.Host.Submit(scene.Misbehave("torn-then-hang") with { Limits = new LimitSpec { GraceSeconds = 0 } });
        var agent = scene.Agent();
        await Eventually.TrueAsync("the first checkpoint", () => scene.Host.Checkpoint(job, "state.txt") == "1\n1\n", cancel: TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(scene.Data.Path, "attempts", $"{job}-1", "artifacts", "go"), "", TestContext.Current.CancellationToken);
        await ProgramEndTests.SaysAsync(scene, job, "half = 2");

        scene.Host.Change(job, each => each with { StopRequested = true });
        var exit = await scene.Host.ExitAsync(job);

        Assert.True(scene.Host.Checkpoint(job, "state.txt") == "1\n1\n", $"{exit.Message} {string.Join('\n', agent.Lines)}\n{scene.Host.Log(job)}");
    }

    [Fact]
    public async Task Agent_KilledInMidEpoch_LetsTheNextGoOnFromTheLastCheckpoint()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Misbehave("epochs", "8", "150"));
        var first = scene.Agent();
        await Eventually.TrueAsync("a checkpoint after some epochs", () => int.TryParse(scene.Host.Checkpoint(job, "state.txt"), out var done) && done >= 2, cancel: TestContext.Current.CancellationToken);
        first.Kill();
        await first.ExitCodeAsync();
        var committed = int.Parse(scene.Host.Checkpoint(job, "state.txt")!, System.Globalization.CultureInfo.InvariantCulture);

        scene.Host.Requeue(job);
        scene.Agent("node-2");
        var exit = await scene.Host.ExitAsync(job);

        Assert.Equal(JobReason.Completed, exit.Reason);
        Assert.Equal([committed], scene.Host.Values(job, "begins", epoch: 2));
        Assert.Equal(Enumerable.Range(committed + 1, 8 - committed).Select(i => (double)i), scene.Host.Values(job, "epoch", epoch: 2));
    }

    [Fact]
    public async Task Checkpoint_MarkedByTheProgram_IsTakenOnlyThen()
    {
        await using var scene = await AgentScene.OpenAsync();
        const string script =
            """
            cd $SERVERLESS_CHECKPOINT_DIR
            echo a1 > a; echo b1 > b; touch .commit
            while [ ! -e $SERVERLESS_ARTIFACTS_DIR/go ]; do sleep 0.05; done
            echo a2 > a; sleep 0.6; echo moved; exec sleep 1000
            """;
        var job = scene.Host.Submit(scene.Shell(script) with { Limits = new LimitSpec { GraceSeconds = 1 } });
        scene.Host.RenewSeconds = 0.1;
        scene.Agent();
        await Eventually.TrueAsync("the checkpoint", () => scene.Host.Checkpoint(job, "b") == "b1\n", cancel: TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(scene.Data.Path, "attempts", $"{job}-1", "artifacts", "go"), "", TestContext.Current.CancellationToken);
        await ProgramEndTests.SaysAsync(scene, job, "moved");
        scene.Host.Change(job, each => each with { StopRequested = true });
        await scene.Host.ExitAsync(job);

        Assert.Equal("a1\n", scene.Host.Checkpoint(job, "a"));
        Assert.Equal(["a", "b"], scene.Host.Jobs[job].Checkpoint!.Files.Select(file => file.Path));
    }
}
