using Serverless.Contracts.Jobs;
using Serverless.Core.Datasets;
using Serverless.Core.Doorbells;
using Serverless.Core.Triggers;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.Orchestrations.Triggers;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Triggers;

public sealed class TriggerFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<Bench> BenchAsync(string prefix = "digits/")
    {
        var bench = new Bench();
        await bench.Get<TriggerSet>().CreateAsync(new TriggerRecord("t", Some.Trigger(prefix), bench.Clock.GetUtcNow()), Cancel);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        return bench;
    }

    private static async Task<IReadOnlyList<string>> JobsAsync(Bench bench) => [.. (await bench.Jobs.QueryAsync(null, null, 100, null, Cancel)).Records.Select(job => job.Id)];

    [Fact]
    public async Task Dispatch_DataLands_StartsOneJobOnThatVersion()
    {
        await using var bench = await BenchAsync();
        var data = await bench.LandAsync();
        var id = DatasetSet.Id(data.Name, data.Version);
        Assert.Equal([id], bench.Doorbell.Pending(Queues.Landings));

        Assert.Equal(1, await bench.Get<TriggerDispatch>().HandleAsync(id, Cancel));
        var job = await bench.EndOfAsync(Assert.Single(await JobsAsync(bench)), bench.Agent());

        Assert.Equal(("trigger:t", JobStatus.Succeeded, id), (job.Source, job.Status, job.Spec.Inputs[0].Dataset));
    }

    [Fact]
    public async Task Dispatch_DoubledAndLateMessages_StartNothingMore()
    {
        await using var bench = await BenchAsync();
        var data = await bench.LandAsync();
        var id = DatasetSet.Id(data.Name, data.Version);
        var dispatch = bench.Get<TriggerDispatch>();
        await dispatch.HandleAsync(id, Cancel);
        await dispatch.HandleAsync(id, Cancel);
        await bench.LandAsync();
        var job = Assert.Single(await JobsAsync(bench));
        await bench.EndOfAsync(job, bench.Agent());

        // Long after, when job and workflow have been forgotten.
        await bench.Jobs.DeleteAsync(job, Cancel);
        await bench.Engine.PurgeAsync(job, Cancel);
        bench.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(0, await dispatch.HandleAsync(id, Cancel));
        Assert.Equal(0, await bench.Get<TriggerSweep>().RunAsync(Cancel));

        Assert.Empty(await JobsAsync(bench));
    }

    [Fact]
    public async Task Sweep_MessageWasLost_StartsTheJobOnce()
    {
        await using var bench = await BenchAsync();
        await bench.LandAsync();
        var sweep = bench.Get<TriggerSweep>();

        Assert.Equal(1, await sweep.RunAsync(Cancel));
        Assert.Equal(0, await sweep.RunAsync(Cancel));
        bench.Clock.Advance(TimeSpan.FromHours(5));
        await bench.LandAsync(content: 2);
        Assert.Equal(1, await sweep.RunAsync(Cancel));

        Assert.Equal(2, (await JobsAsync(bench)).Count);
    }

    [Fact]
    public async Task Dispatch_TwoHostsAtOnce_StartOneJob()
    {
        await using var bench = await BenchAsync();
        var data = await bench.LandAsync();
        var id = DatasetSet.Id(data.Name, data.Version);
        var dispatch = bench.Get<TriggerDispatch>();

        var started = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => dispatch.HandleAsync(id, Cancel), Cancel)));

        Assert.Equal(1, started.Sum());
        Assert.Single(await JobsAsync(bench));
    }

    [Fact]
    public async Task Dispatch_SameContentUnderAnotherName_StartsNothing()
    {
        await using var bench = await BenchAsync();
        var first = await bench.LandAsync(path: "train.csv");
        var again = await bench.LandAsync(path: "copy of train.csv");
        var dispatch = bench.Get<TriggerDispatch>();

        Assert.NotEqual(first.Version, again.Version);
        Assert.Equal(1, await dispatch.HandleAsync(DatasetSet.Id(first.Name, first.Version), Cancel));
        Assert.Equal(0, await dispatch.HandleAsync(DatasetSet.Id(again.Name, again.Version), Cancel));
        Assert.Equal(0, await bench.Get<TriggerSweep>().RunAsync(Cancel));
        Assert.Single(await JobsAsync(bench));
    }

    [Fact]
    public async Task Dispatch_DataLandedBeforeTheTrigger_StartsNothing()
    {
        await using var bench = new Bench();
        var data = await bench.LandAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Get<TriggerSet>().CreateAsync(new TriggerRecord("t", Some.Trigger(), bench.Clock.GetUtcNow()), Cancel);

        Assert.Equal(0, await bench.Get<TriggerDispatch>().HandleAsync(DatasetSet.Id(data.Name, data.Version), Cancel));
        Assert.Equal(0, await bench.Get<TriggerSweep>().RunAsync(Cancel));

        await bench.LandAsync();
        Assert.Equal(0, await bench.Get<TriggerSweep>().RunAsync(Cancel));
    }

    [Fact]
    public async Task Dispatch_TriggerDeletedBefore_StartsNothing()
    {
        await using var bench = await BenchAsync();
        var data = await bench.LandAsync();
        await bench.Get<TriggerSet>().DeleteAsync("t", Cancel);

        Assert.Equal(0, await bench.Get<TriggerDispatch>().HandleAsync(DatasetSet.Id(data.Name, data.Version), Cancel));
        Assert.Equal(0, await bench.Get<TriggerSweep>().RunAsync(Cancel));
    }

    [Fact]
    public async Task Sweep_TriggerDeletedBetweenFiringAndJob_StillStartsWhatItFired()
    {
        await using var bench = await BenchAsync();
        var data = await bench.LandAsync();
        bench.Crash.At = bench.Crash.Count + 1;
        await Assert.ThrowsAsync<CrashException>(() => bench.Get<TriggerDispatch>().HandleAsync(DatasetSet.Id(data.Name, data.Version), Cancel));
        Assert.Empty(await JobsAsync(bench));
        await bench.Get<TriggerSet>().DeleteAsync("t", Cancel);

        Assert.Equal(1, await bench.Get<TriggerSweep>().RunAsync(Cancel));

        Assert.Single(await JobsAsync(bench));
    }

    [Fact]
    public async Task Dispatch_UnknownData_IsAnsweredWithNothing()
    {
        await using var bench = await BenchAsync();

        Assert.Equal(0, await bench.Get<TriggerDispatch>().HandleAsync("digits@" + Some.Sha(9), Cancel));
    }

    [Fact]
    public async Task Dispatch_CrashAfterEachWrite_OneJobInTheEnd()
    {
        for (var at = 1; ; at++)
        {
            await using var bench = await BenchAsync();
            var data = await bench.LandAsync();
            var before = bench.Crash.Count;
            bench.Crash.At = before + at;
            var crashed = await Record.ExceptionAsync(() => bench.Get<TriggerDispatch>().HandleAsync(DatasetSet.Id(data.Name, data.Version), Cancel));
            await bench.Get<TriggerSweep>().RunAsync(Cancel);
            await bench.Get<Orchestrations.Sweeps.Reaper>().RunAsync(Cancel);
            bench.Crash.At = 0;

            var job = await bench.EndOfAsync(Assert.Single(await JobsAsync(bench)), bench.Agent());

            Assert.Equal(JobStatus.Succeeded, job.Status);
            if (crashed is null)
            {
                Assert.True(at > 3, "There are at least a firing, a job and a mark to crash after.");
                return;
            }
        }
    }

    [Fact]
    public async Task Loop_Rings_AreAnsweredAndCompleted()
    {
        await using var bench = await BenchAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var loop = bench.Get<TriggerLoop>().RunAsync(stop.Token);

        await bench.LandAsync();
        await Eventually.TrueAsync("the landing to be answered", async () => (await JobsAsync(bench)).Count == 1 && bench.Doorbell.Pending(Queues.Landings).Count == 0, cancel: Cancel);

        await stop.CancelAsync();
        await loop;
    }
}
