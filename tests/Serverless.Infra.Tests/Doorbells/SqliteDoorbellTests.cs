using Serverless.Conformance.Doorbells;
using Serverless.Core.Doorbells;
using Serverless.Infra.Local.Doorbells;
using Serverless.Infra.Local.Sqlite;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Doorbells;

public sealed class SqliteDoorbellTests : DoorbellConformance, IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualTime clock = new();
    private LocalDatabase database;
    private SqliteDoorbell bell;

    public SqliteDoorbellTests()
    {
        database = new LocalDatabase(new LocalDatabaseOptions(folder["serverless.db"]));
        bell = new SqliteDoorbell(database, clock);
    }

    protected override IDoorbell Bell => bell;

    [Fact]
    public async Task Reopened_UnsettledRingsComeAgainInOrder()
    {
        foreach (var id in new[] { "done", "taken", "waiting" })
            await RingAsync(id, new RingOptions { OrderKey = id == "done" ? null : "k" });
        Assert.True(await Bell.CompleteAsync((await LookAsync())!, Cancel));
        var taken = (await LookAsync())!;
        await ReopenAsync();
        var again = (await LookAsync())!;
        Assert.Equal((taken.Id, 2), (again.Id, again.Deliveries));
        Assert.Null(await LookAsync());
        Assert.False(await Bell.CompleteAsync(taken, Cancel));
        Assert.True(await Bell.CompleteAsync(again, Cancel));
        Assert.Equal("waiting", (await LookAsync())!.Id);
    }

    [Fact]
    public async Task Reopened_DeadRingsAndDelaysAreKept()
    {
        await RingAsync("poison");
        for (var i = 0; i < RingOptions.MaxDeliveries; i++)
            await Bell.ReturnAsync((await LookAsync())!, TimeSpan.Zero, "no", Cancel);
        await RingAsync("late", new RingOptions { Delay = TimeSpan.FromMinutes(1) });
        await ReopenAsync();
        Assert.Equal("poison", Assert.Single(await Bell.DeadAsync("q", Cancel)).Id);
        Assert.Null(await LookAsync());
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("late", (await LookAsync())!.Id);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task WallClockSetWhileRunning_ChangesNothing(int hours)
    {
        await RingAsync("hidden");
        await RingAsync("delayed", new RingOptions { Delay = TimeSpan.FromSeconds(20) });
        Assert.Equal("hidden", (await LookAsync())!.Id);
        clock.SetWallClock(TimeSpan.FromHours(hours));
        Assert.Null(await LookAsync());
        clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal("delayed", (await LookAsync())!.Id);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("hidden", 2), await LookAsync() is { } ring ? (ring.Id, ring.Deliveries) : default);
    }

    [Fact]
    public async Task WallClockSetBackBeforeReopening_DelaysNoLongerThanAskedFor()
    {
        await RingAsync("late", new RingOptions { Delay = TimeSpan.FromSeconds(20) });
        clock.SetWallClock(TimeSpan.FromHours(-1));
        await ReopenAsync();
        Assert.Null(await LookAsync());
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("late", (await LookAsync())!.Id);
    }

    [Fact]
    public async Task Dead_OverTheBound_DropsTheOldest()
    {
        await database.WriteAsync(
            session =>
            {
                for (var i = 0; i < RingRules.MaxDead; i++)
                    RingTable.PutAside(session, "q", new WaitingRing(0, $"old {i}", null), "no", clock.GetUtcNow());
                return true;
            }, null, Cancel);
        await RingAsync("new");
        for (var i = 0; i < RingOptions.MaxDeliveries; i++)
            await Bell.ReturnAsync((await LookAsync())!, TimeSpan.Zero, "no", Cancel);
        var dead = await Bell.DeadAsync("q", Cancel);
        Assert.Equal((RingRules.MaxDead, "new", "old 1"), (dead.Count, dead[0].Id, dead[^1].Id));
    }

    [Fact]
    public async Task ManyProducersAndConsumers_EveryRingIsAnsweredOnce_KeysInOrder()
    {
        const int perKey = 40;
        string[] keys = ["a", "b", "c", "d"];
        var answered = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var producers = keys.Select(key => Task.Run(async () =>
        {
            for (var i = 0; i < perKey; i++)
                await RingAsync($"{key}{i:00}", new RingOptions { OrderKey = key });
        }, Cancel));
        var consumers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (answered.Count < perKey * keys.Length)
            {
                if (await LookAsync() is not { } ring)
                {
                    await Task.Yield();
                    continue;
                }

                answered.Enqueue(ring.Id);
                Assert.True(await Bell.CompleteAsync(ring, Cancel));
            }
        }, Cancel));
        await Task.WhenAll([.. producers, .. consumers]);
        Assert.Equal(perKey * keys.Length, answered.Distinct().Count());
        foreach (var key in keys)
        {
            var order = answered.Where(id => id.StartsWith(key, StringComparison.Ordinal)).ToList();
            Assert.Equal(order.Order(StringComparer.Ordinal), order);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }

    private async Task ReopenAsync()
    {
        await database.DisposeAsync();
        database = new LocalDatabase(new LocalDatabaseOptions(folder["serverless.db"]));
        bell = new SqliteDoorbell(database, clock);
    }
}
