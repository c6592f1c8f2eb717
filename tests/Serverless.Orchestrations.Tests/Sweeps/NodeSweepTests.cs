using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Sweeps;

public sealed class NodeSweepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_NodeThatNeverSpoke_IsEndedAfterItsBootTime()
    {
        await using var bench = new Bench();
        await bench.Pool.GrowAsync(new PoolTarget("local", 1), Cancel);
        bench.Clock.Advance(TimeSpan.FromSeconds(59));
        await bench.Get<Reaper>().RunAsync(Cancel);
        Assert.Empty(bench.Pool.Terminated);

        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Get<Reaper>().RunAsync(Cancel);

        Assert.Equal(["node-1"], bench.Pool.Terminated);
    }

    [Fact]
    public async Task Sweep_NodeKilledFromOutside_IsNotedAsGone()
    {
        await using var bench = new Bench();
        var nodes = bench.Get<NodeSet>();
        await nodes.CreateAsync(new NodeRecord { Id = "n", Pool = "local", Status = NodeStatus.Idle, CreatedAt = Some.Start, SeenAt = Some.Start, TokenSha256 = "x" }, Cancel);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));

        await bench.Get<Reaper>().RunAsync(Cancel);

        var node = await nodes.FindAsync("n", Cancel);
        Assert.Equal((NodeStatus.Gone, null), (node!.Status, node.TokenSha256));
    }

    [Fact]
    public async Task Sweep_ProviderRefuses_TriesAgainTheNextTime()
    {
        await using var bench = new Bench();
        await bench.Pool.GrowAsync(new PoolTarget("local", 1), Cancel);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        bench.Pool.Failure = new ServerlessException("unavailable", "429", retryable: true);
        await bench.Get<Reaper>().RunAsync(Cancel);
        Assert.Single(bench.Pool.Nodes);

        bench.Pool.Failure = null;
        await bench.Get<Reaper>().RunAsync(Cancel);

        Assert.Empty(bench.Pool.Nodes);
    }

    [Fact]
    public async Task Sweep_RingOfAWaitingJobWasLost_RingsAgainOnlyAfterAWhile()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);
        var ring = await bench.Doorbell.TakeAsync(Queues.Pool("local"), TimeSpan.FromMinutes(1), TimeSpan.Zero, Cancel);
        await bench.Doorbell.CompleteAsync(ring!, Cancel);
        await bench.Get<Reaper>().RunAsync(Cancel);
        Assert.Empty(bench.Doorbell.Pending(Queues.Pool("local")));

        bench.Clock.Advance(TimeSpan.FromSeconds(61));
        await bench.Get<Reaper>().RunAsync(Cancel);

        Assert.Equal([job.Id], bench.Doorbell.Pending(Queues.Pool("local")));
    }

    [Fact]
    public async Task Loop_Runs_UntilItIsStopped()
    {
        await using var bench = new Bench();
        await bench.Pool.GrowAsync(new PoolTarget("local", 1), Cancel);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var loop = bench.Get<SweepLoop>().RunAsync(stop.Token);

        await Eventually.TrueAsync("the dead node to be ended", () => bench.Pool.Nodes.Length == 0, cancel: Cancel);

        await stop.CancelAsync();
        await loop;
    }
}
