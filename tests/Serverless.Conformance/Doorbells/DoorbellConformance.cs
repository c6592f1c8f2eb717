using Serverless.Contracts.Problems;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;

namespace Serverless.Conformance.Doorbells;

/// <summary>What every <see cref="IDoorbell"/> does. A subclass brings the doorbell and lets time pass.</summary>
public abstract class DoorbellConformance
{
    protected static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);

    /// <summary>The doorbell, without rings when a test begins.</summary>
    protected abstract IDoorbell Bell { get; }

    /// <summary>Whether the queues of the test keep the order of a key; where they do not, asking for one is refused.</summary>
    protected virtual bool KeepsOrder => true;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Lets a time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Take_NothingThere_IsNull() => Assert.Null(await LookAsync());

    [Fact]
    public async Task Take_OldestFirst_EachOnce()
    {
        foreach (var id in new[] { "1", "2", "3" })
            await RingAsync(id);
        Assert.Equal(["1", "2", "3"], [(await LookAsync())!.Id, (await LookAsync())!.Id, (await LookAsync())!.Id]);
        Assert.Null(await LookAsync());
    }

    [Fact]
    public async Task Take_OtherQueue_SeesNothing()
    {
        await Bell.RingAsync("pool/a", "1", RingOptions.Plain, Cancel);
        Assert.Null(await LookAsync());
        Assert.Equal(new Ring("pool/a", "1", "", 1), (await Bell.TakeAsync("pool/a", Hidden, TimeSpan.Zero, Cancel))! with { Receipt = "" });
    }

    [Fact]
    public async Task Take_Waiting_WakesWhenItRings()
    {
        var waiting = Bell.TakeAsync("q", Hidden, TimeSpan.FromMinutes(10), Cancel);
        Assert.False(waiting.IsCompleted);
        await RingAsync("1");
        Assert.Equal("1", (await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel))!.Id);
    }

    [Fact]
    public async Task Take_ManyWaiting_OneGetsEach()
    {
        var waiting = Enumerable.Range(0, 8).Select(_ => Bell.TakeAsync("q", Hidden, TimeSpan.FromMinutes(10), Cancel)).ToList();
        for (var i = 0; i < 8; i++)
            await RingAsync($"{i}");
        var taken = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7"], taken.Select(ring => ring!.Id).Order());
    }

    [Fact]
    public async Task Take_Cancelled_TakesNothing()
    {
        using var source = new CancellationTokenSource();
        var waiting = Bell.TakeAsync("q", Hidden, TimeSpan.FromMinutes(10), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await RingAsync("1");
        Assert.Equal(1, (await LookAsync())!.Deliveries);
    }

    [Fact]
    public async Task Take_WaitOver_IsNull()
    {
        var waiting = Bell.TakeAsync("q", Hidden, TimeSpan.FromSeconds(1), Cancel);
        await PassUntilAsync(waiting, TimeSpan.FromSeconds(1));
        Assert.Null(await waiting);
    }

    [Fact]
    public async Task Take_NotSettledInTime_ComesAgain()
    {
        await RingAsync("1");
        var first = await Bell.TakeAsync("q", TimeSpan.FromSeconds(1), TimeSpan.Zero, Cancel);
        Assert.Null(await LookAsync());
        var waiting = Bell.TakeAsync("q", Hidden, TimeSpan.FromMinutes(10), Cancel);
        await PassUntilAsync(waiting, TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await waiting)!.Deliveries);
        Assert.False(await Bell.CompleteAsync(first!, Cancel));
        Assert.False(await Bell.ReturnAsync(first!, TimeSpan.Zero, "late", Cancel));
        Assert.True(await Bell.CompleteAsync((await waiting)!, Cancel));
    }

    [Fact]
    public async Task Complete_InTime_IsOver()
    {
        await RingAsync("1");
        var ring = await Bell.TakeAsync("q", TimeSpan.FromSeconds(1), TimeSpan.Zero, Cancel);
        Assert.True(await Bell.CompleteAsync(ring!, Cancel));
        Assert.False(await Bell.CompleteAsync(ring!, Cancel));
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Null(await LookAsync());
    }

    [Fact]
    public async Task Complete_ForgedReceipt_IsFalse()
    {
        await RingAsync("1");
        var ring = (await LookAsync())!;
        foreach (var receipt in new[] { "", "nonsense", "999999-1", "-1--1" })
            Assert.False(await Bell.CompleteAsync(ring with { Receipt = receipt }, Cancel));
        Assert.False(await Bell.CompleteAsync(ring with { Queue = "other" }, Cancel));
        Assert.True(await Bell.CompleteAsync(ring, Cancel));
    }

    [Fact]
    public async Task Return_ComesAgainAfterTheDelay_InItsOldPlace()
    {
        await RingAsync("1");
        await RingAsync("2");
        Assert.True(await Bell.ReturnAsync((await LookAsync())!, TimeSpan.Zero, "not yet", Cancel));
        Assert.Equal(("1", 2), await LookAsync() is { } again ? (again.Id, again.Deliveries) : default);
        var second = (await LookAsync())!;
        Assert.True(await Bell.ReturnAsync(second, TimeSpan.FromSeconds(1), "later", Cancel));
        Assert.Null(await LookAsync());
        await PassAsync(TimeSpan.FromSeconds(1.1));
        Assert.Equal("2", (await LookAsync())!.Id);
    }

    [Fact]
    public async Task Ring_WithDelay_ComesThen()
    {
        await RingAsync("late", new RingOptions { Delay = TimeSpan.FromSeconds(1) });
        await RingAsync("now");
        Assert.Equal("now", (await LookAsync())!.Id);
        Assert.Null(await LookAsync());
        var waiting = Bell.TakeAsync("q", Hidden, TimeSpan.FromMinutes(10), Cancel);
        await PassUntilAsync(waiting, TimeSpan.FromSeconds(1));
        Assert.Equal("late", (await waiting)!.Id);
    }

    [Fact]
    public async Task Ring_OrderKey_OneAfterAnother()
    {
        var keyed = new RingOptions { OrderKey = "job-1" };
        if (!KeepsOrder)
        {
            await RefusedAsync(() => RingAsync("1", keyed));
            return;
        }

        await RingAsync("1", keyed);
        await RingAsync("2", keyed);
        await RingAsync("other", new RingOptions { OrderKey = "job-2" });
        var first = (await LookAsync())!;
        Assert.Equal("1", first.Id);
        Assert.Equal("other", (await LookAsync())!.Id);
        Assert.Null(await LookAsync());

        await Bell.ReturnAsync(first, TimeSpan.Zero, "again", Cancel);
        first = (await LookAsync())!;
        Assert.Equal("1", first.Id);
        var waiting = Bell.TakeAsync("q", Hidden, TimeSpan.FromMinutes(10), Cancel);
        Assert.True(await Bell.CompleteAsync(first, Cancel));
        Assert.Equal("2", (await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel))!.Id);
    }

    [Fact]
    public async Task Ring_OrderKeyWithDelayedFirst_HoldsTheSecond()
    {
        if (!KeepsOrder)
            return;
        await RingAsync("1", new RingOptions { OrderKey = "k", Delay = TimeSpan.FromSeconds(1) });
        await RingAsync("2", new RingOptions { OrderKey = "k" });
        Assert.Null(await LookAsync());
        await PassAsync(TimeSpan.FromSeconds(1.1));
        Assert.Equal("1", (await LookAsync())!.Id);
    }

    [Fact]
    public async Task Return_TooOften_IsPutAsideWithTheReason()
    {
        var key = KeepsOrder ? "k" : null;
        await RingAsync("poison", new RingOptions { OrderKey = key });
        await RingAsync("next", new RingOptions { OrderKey = key });
        for (var i = 1; i <= RingOptions.MaxDeliveries; i++)
        {
            var ring = (await LookAsync())!;
            Assert.Equal(("poison", i), (ring.Id, ring.Deliveries));
            Assert.True(await Bell.ReturnAsync(ring, TimeSpan.Zero, $"failed {i}", Cancel));
        }

        Assert.Equal("next", (await LookAsync())!.Id);
        var dead = Assert.Single(await Bell.DeadAsync("q", Cancel));
        Assert.Equal(("poison", "failed 10"), (dead.Id, dead.Reason));
        Assert.Empty(await Bell.DeadAsync("other", Cancel));
    }

    [Fact]
    public async Task Take_NeverSettled_IsPutAside()
    {
        await RingAsync("poison");
        for (var i = 0; i < RingOptions.MaxDeliveries; i++)
        {
            Assert.NotNull(await Bell.TakeAsync("q", TimeSpan.FromMilliseconds(50), TimeSpan.Zero, Cancel));
            await PassAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.Null(await LookAsync());
        Assert.Equal(RingRules.NeverSettled, Assert.Single(await Bell.DeadAsync("q", Cancel)).Reason);
    }

    [Fact]
    public async Task Dead_Many_NewestFirst()
    {
        foreach (var id in new[] { "1", "2", "3" })
        {
            await RingAsync(id);
            for (var i = 0; i < RingOptions.MaxDeliveries; i++)
                await Bell.ReturnAsync((await LookAsync())!, TimeSpan.Zero, "no", Cancel);
        }

        Assert.Equal(["3", "2", "1"], (await Bell.DeadAsync("q", Cancel)).Select(dead => dead.Id));
    }

    [Fact]
    public async Task Ring_OutOfBounds_IsRefused()
    {
        await RefusedAsync(() => RingAsync(""));
        await RefusedAsync(() => RingAsync(new string('x', 1_025)));
        await RefusedAsync(() => RingAsync("1", new RingOptions { Delay = TimeSpan.FromSeconds(-1) }));
        await RefusedAsync(() => RingAsync("1", new RingOptions { Delay = TimeSpan.FromDays(8) }));
        await RefusedAsync(() => Bell.TakeAsync("q", TimeSpan.FromSeconds(-1), TimeSpan.Zero, Cancel));
        await RefusedAsync(() => Bell.TakeAsync("q", Hidden, TimeSpan.FromSeconds(-1), Cancel));
        await RingAsync(new string('x', 1_024));
    }

    protected Task RingAsync(string id, RingOptions? options = null) => Bell.RingAsync("q", id, options ?? RingOptions.Plain, Cancel);

    protected Task<Ring?> LookAsync() => Bell.TakeAsync("q", Hidden, TimeSpan.Zero, Cancel);

    /// <summary>Lets time pass until a waiting take has ended, and at least a given time.</summary>
    protected async Task PassUntilAsync(Task waiting, TimeSpan time)
    {
        var limit = TimeProvider.System.GetTimestamp();
        do
        {
            await PassAsync(time);
            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel));
            Assert.True(TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromSeconds(30), "The take did not end in 30 s.");
        }
        while (!waiting.IsCompleted);
    }

    private static async Task RefusedAsync(Func<Task> act) =>
        Assert.Equal(ProblemCodes.Invalid, (await Assert.ThrowsAsync<ServerlessException>(act)).Code);
}
