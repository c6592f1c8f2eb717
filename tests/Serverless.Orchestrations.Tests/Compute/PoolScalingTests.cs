using Serverless.Contracts.Compute;
using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Doorbells;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Compute;

public sealed class PoolScalingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grow_LiveJobs_AsksForAsManyNodesUpToTheLimit()
    {
        await using var bench = new Bench(new PoolOptions { MaxNodes = 3 });
        for (var i = 0; i < 5; i++)
        {
            await bench.Jobs.CreateAsync(Some.Job() with { Id = $"job-{i}" }, Cancel);
            Assert.Equal(Math.Min(i + 1, 3), await bench.Get<PoolScaling>().GrowAsync("local", Cancel));
        }

        Assert.Equal(3, bench.Pool.Nodes.Length);
    }

    [Fact]
    public async Task Grow_NothingToDoOrUnknownPool_AsksForNothing()
    {
        await using var bench = new Bench();
        await bench.Jobs.CreateAsync(Some.Job() with { Status = JobStatus.Failed }, Cancel);
        await bench.Jobs.CreateAsync(Some.Job() with { Id = "finishing", Status = JobStatus.Finishing }, Cancel);

        Assert.Equal(0, await bench.Get<PoolScaling>().GrowAsync("local", Cancel));
        Assert.Equal(0, await bench.Get<PoolScaling>().GrowAsync("elsewhere", Cancel));
        Assert.Empty(bench.Pool.Grown);
    }

    [Fact]
    public async Task Grow_ANodeIsLeaving_AsksForAnotherInItsPlace()
    {
        await using var bench = new Bench();
        await bench.Pool.GrowAsync(new PoolTarget("local", 1), Cancel);
        await bench.Get<NodeSet>().CreateAsync(new NodeRecord { Id = "node-1", Pool = "local", Status = NodeStatus.Leaving, CreatedAt = Some.Start }, Cancel);
        await bench.Jobs.CreateAsync(Some.Queued(), Cancel);

        await bench.Get<PoolScaling>().GrowAsync("local", Cancel);

        Assert.Equal(2, bench.Pool.Nodes.Length);
    }

    [Fact]
    public async Task Queue_NodeLeftJustAsTheJobCame_ANewOneComesWithinASecondOrTwo()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);
        await bench.Pool.TerminateAsync("local", "node-1", Cancel);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Engine.PumpAsync(Cancel);

        Assert.Equal("node-2", Assert.Single(bench.Pool.Nodes).Id);
        Assert.Equal([job.Id], bench.Doorbell.Pending(Queues.Pool("local")));
    }

    [Fact]
    public async Task Remind_PoolIsFull_DoesNotRing()
    {
        await using var bench = new Bench(new PoolOptions { MaxNodes = 1 });
        await bench.Jobs.CreateAsync(Some.Claimed() with { Id = "runs" }, Cancel);
        await bench.Jobs.CreateAsync(Some.Queued() with { Id = "waits" }, Cancel);
        bench.Clock.Advance(TimeSpan.FromHours(1));

        await bench.Get<PoolQueue>().RemindAsync(Cancel);

        Assert.Empty(bench.Doorbell.Pending(Queues.Pool("local")));
    }
}
