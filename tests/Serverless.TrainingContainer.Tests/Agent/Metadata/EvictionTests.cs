using System.Globalization;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Metadata;

/// <summary>A machine that is taken away with notice, as its metadata service tells it.</summary>
public sealed class EvictionTests
{
    [Theory]
    [InlineData("Preempt")]
    [InlineData("Terminate")]
    public async Task Eviction_WithNotice_KeepsTheCheckpointSaysEvictedAndAcknowledges(string kind)
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();
        var job = scene.Host.Submit(scene.Misbehave("catch-sigterm", "0"));
        var agent = scene.Agent(more: ["--metadata", metadata.Address.ToString()]);
        await ProgramEndTests.SaysAsync(scene, job, "waits");

        metadata.Events = FakeMetadata.Document(kind, notBefore: In(TimeSpan.FromSeconds(60)));

        Assert.Equal(0, await agent.ExitCodeAsync());
        Assert.Equal(JobReason.Evicted, scene.Host.Jobs[job].Exit!.Reason);
        Assert.Equal("saved on SIGTERM", scene.Host.Checkpoint(job, "state.txt"));
        Assert.Equal(["node-1"], scene.Host.Left);
        Assert.Contains("C7061BAC-AFDC-4513-B24B-AA5F13A16123", Assert.Single(metadata.Acknowledged), StringComparison.Ordinal);
        Assert.Contains(agent.Lines, line => line.Contains($"taken away ({kind})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Eviction_OfAProgramThatIgnoresIt_KillsInTimeWhateverItsGraceIs()
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();
        var job = scene.Host.Submit(scene.Misbehave("ignore-sigterm") with { Limits = new LimitSpec { GraceSeconds = 3600 } });
        scene.Agent(more: ["--metadata", metadata.Address.ToString()]);
        await ProgramEndTests.SaysAsync(scene, job, "hangs");

        metadata.Events = FakeMetadata.Document("Preempt", notBefore: In(TimeSpan.FromSeconds(4)));
        var exit = await scene.Host.ExitAsync(job);

        Assert.Equal((JobReason.Evicted, 137), (exit.Reason, exit.ExitCode));
    }

    [Fact]
    public async Task Eviction_OfAnIdleNode_IsAcknowledgedAtOnce()
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();
        metadata.Events = FakeMetadata.Document("Preempt", notBefore: In(TimeSpan.FromSeconds(60)));

        var agent = scene.Agent(more: ["--metadata", metadata.Address.ToString()]);

        Assert.Equal(0, await agent.ExitCodeAsync());
        Assert.Equal(["node-1"], scene.Host.Left);
        Assert.Single(metadata.Acknowledged);
    }

    [Fact]
    public async Task Events_OfOtherMachinesAndFreezes_ChangeNothing()
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();
        metadata.Events = FakeMetadata.Document("Preempt", machine: "sl-test_4");
        var job = scene.Host.Submit(scene.Shell("echo up; while [ ! -e $SERVERLESS_ARTIFACTS_DIR/go ]; do sleep 0.05; done"));
        scene.Agent(more: ["--metadata", metadata.Address.ToString()]);
        await ProgramEndTests.SaysAsync(scene, job, "up");
        metadata.Events = FakeMetadata.Document("Freeze");
        var before = metadata.Requests.Count;
        await Eventually.TrueAsync("two more looks", () => metadata.Requests.Count >= before + 2, cancel: TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(scene.Data["attempts"], $"{job}-1", "artifacts", "go"), "", TestContext.Current.CancellationToken);

        var exit = await scene.Host.ExitAsync(job);

        Assert.Equal(JobReason.Completed, exit.Reason);
        Assert.Empty(metadata.Acknowledged);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(-1)]
    public async Task Metadata_ThatFailsOrNeverAnswers_HindersNoJob(int fault)
    {
        await using var scene = await AgentScene.OpenAsync();
        await using var metadata = await FakeMetadata.StartAsync();
        metadata.Faults = _ => fault;
        scene.Host.IdleSeconds = 0.3;
        var job = scene.Host.Submit(scene.Shell("true"));

        var agent = scene.Agent(more: ["--metadata", metadata.Address.ToString()]);

        Assert.Equal(JobReason.Completed, (await scene.Host.ExitAsync(job)).Reason);
        Assert.Equal(0, await agent.ExitCodeAsync());
    }

    [Fact]
    public async Task Metadata_ThatIsNotThere_HindersNoJob()
    {
        await using var scene = await AgentScene.OpenAsync();
        scene.Host.IdleSeconds = 0.3;
        var job = scene.Host.Submit(scene.Shell("true"));

        var agent = scene.Agent(more: ["--metadata", "http://127.0.0.1:1/"]);

        Assert.Equal(JobReason.Completed, (await scene.Host.ExitAsync(job)).Reason);
        Assert.Equal(0, await agent.ExitCodeAsync());
    }

    private static string In(TimeSpan time) => (TimeProvider.System.GetUtcNow() + time).ToString("r", CultureInfo.InvariantCulture);
}
