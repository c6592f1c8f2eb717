using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>A node's life beside its jobs.</summary>
public sealed class NodeTests
{
    [Fact]
    public async Task Node_WithoutWork_SaysHelloAndLeaves()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.IdleSeconds = 0.3;

        Assert.Equal(0, await scene.Agent().ExitCodeAsync());

        var hello = Assert.Single(scene.Host.Hellos);
        Assert.Equal(("node-1", "local", Environment.ProcessorCount), (hello.NodeId, hello.Pool, hello.VCpus));
        Assert.True(hello.MemoryBytes > 0);
        Assert.Equal(["node-1"], scene.Host.Left);
    }

    [Fact]
    public async Task Node_WhoseHostIsDownAtFirst_ComesBackByItself()
    {
        await using var scene = await AgentScene.OpenAsync();
        var refused = 0;
        scene.Host.Faults = _ => Interlocked.Increment(ref refused) <= 3 ? new Fault(Status: 503) : Fault.None;

        var exit = await scene.RunAsync(scene.Shell("true"));

        Assert.Equal(JobReason.Completed, exit.Reason);
    }

    [Fact]
    public async Task Node_WhoseHostStaysAway_GivesUpAndSaysWhy()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.Faults = _ => new Fault(DropBefore: true);
        var agent = scene.Agent(more: ["--give-up-seconds", "1"]);

        Assert.Equal(69, await agent.ExitCodeAsync());
        await Eventually.TrueAsync("the last word", () => agent.Lines.Any(line => line.Contains("gave up", StringComparison.Ordinal)), cancel: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Node_WithAWrongToken_EndsAtOnce()
    {
        await using var scene = await AgentScene.OpenAsync();

        Assert.Equal(77, await scene.Agent(token: "wrong").ExitCodeAsync());
    }

    [Fact]
    public async Task Node_StartedWrongly_SaysEveryErrorAtOnce()
    {
        await using var scene = await AgentScene.OpenAsync();
        var agent = scene.Agent(more: ["--bogus", "1", "--log-bytes", "few"]);

        Assert.Equal(64, await agent.ExitCodeAsync());
        await Eventually.TrueAsync("both errors", () => agent.Lines.Any(line => line.Contains("--bogus", StringComparison.Ordinal))
            && agent.Lines.Any(line => line.Contains("--log-bytes 'few'", StringComparison.Ordinal)), cancel: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Node_ThatStarts_RemovesWhatAKilledAgentLeft()
    {
        await using var scene = await AgentScene.OpenAsync();
        var job = scene.Host.Submit(scene.Shell("echo up; exec sleep 1000"));
        var first = scene.Agent();
        await ProgramEndTests.SaysAsync(scene, job, "up");
        first.Kill();
        await first.ExitCodeAsync();
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(scene.Data["attempts"]));
        scene.Host.IdleSeconds = 0;

        Assert.Equal(0, await scene.Agent("node-2").ExitCodeAsync());

        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Data["attempts"]));
    }
}
