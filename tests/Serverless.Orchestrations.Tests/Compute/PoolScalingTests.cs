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

        Assert.Equal(0, await bench.Get<PoolScaling>().GrowAsync("local", Cancel));
        Assert.Equal(0, await bench.Get<PoolScaling>().GrowAsync("elsewhere", Cancel));
        Assert.Empty(bench.Pool.Grown);
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
