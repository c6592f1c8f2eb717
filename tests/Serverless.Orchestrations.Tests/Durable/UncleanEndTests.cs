using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Durable.Options;
using Serverless.Durable.Storage.Sqlite;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>What ends its process again and again, and what cannot be run at all: it ends, or it says so.</summary>
public sealed class UncleanEndTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Script script = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => folder["workflows.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Activity_EndsItsProcessAgainAndAgain_FailsAfterItsStartsAndSaysWhy()
    {
        for (var start = 1; start <= 3; start++)
            Assert.Equal(Victim.Killed, await Victim.RunAsync("fatal", folder.Path, "3"));
        Assert.Equal(0, await Victim.RunAsync("fatal", folder.Path, "3"));

        await using var store = SqliteWorkflowStore.Open(folder["workflows.db"], 1L << 30);
        var state = store.Find("victim")!;
        Assert.Equal((WorkflowStatus.Failed, "activity_ends_process", false), (state.Status, state.Failure!.Code, state.Failure.Retryable));
        Assert.Contains("'fatal' was started 3 times", state.Failure.Message, StringComparison.Ordinal);
        Assert.NotNull(state.Failure.Cure);
        Assert.Equal("xxx", await File.ReadAllTextAsync(folder["starts"], Cancel));
        Assert.Equal((WorkflowStatus.Completed, "2"), (store.Find("bystander")!.Status, store.Find("bystander")!.Output)); // it waited beside it the whole time
    }

    [Fact]
    public async Task Activity_StoppedGracefullyAgainAndAgain_IsNotCounted()
    {
        var starts = 0;
        var entered = new SemaphoreSlim(0);
        var hold = script.Activity<int, int>("hold", async (_, x, cancel) =>
        {
            entered.Release();
            if (Interlocked.Increment(ref starts) <= 3)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return x;
        });
        var workflow = script.Workflow<int, int>("holds", (context, x) => context.CallAsync(hold, x));
        for (var stop = 1; stop <= 3; stop++)
        {
            await using var engine = await DurableEngine.StartAsync(script.Catalog, new DurableOptions { Path = Store, MaxStarts = 1 });
            await engine.Client.StartAsync(workflow, "one", 4, Cancel);
            Assert.True(await entered.WaitAsync(Eventually.Patience, Cancel));
        }

        await using var last = await DurableEngine.StartAsync(script.Catalog, new DurableOptions { Path = Store, MaxStarts = 1 });
        Assert.Equal((WorkflowStatus.Completed, "4"), await EndAsync(last, "one"));
    }

    [Theory]
    [InlineData("UPDATE history SET event = 'torn' WHERE position = 1", "cannot be read")]
    [InlineData("UPDATE history SET event = json_set(event, '$.format', 9) WHERE position = 0", "has format 9")]
    public async Task History_CannotBeRun_TheStatusSaysSo_AndTheInstanceGoesOnOnceItCan(string damage, string words)
    {
        var workflow = script.Workflow<int, int>("waits", async (context, x) => x + await context.WaitForEventAsync<int>("go"));
        await using (var before = await DurableEngine.StartAsync(script.Catalog, Store))
        {
            await before.Client.StartAsync(workflow, "one", 1, Cancel);
            await Eventually.TrueAsync("the first turn", () => Lines() == 2, cancel: Cancel);
        }

        string[] kept;
        using (var session = SqliteFile.Open(Store))
        {
            kept = [.. session.Query("SELECT event FROM history ORDER BY position", row => row.GetString(0))];
            Assert.Equal(1, session.Execute(damage));
        }

        await using (var engine = await DurableEngine.StartAsync(script.Catalog, Store))
        {
            await engine.Client.RaiseAsync("one", "go", 10, Cancel);
            var parked = await Eventually.SomeAsync("the reason", async () => await engine.Client.FindAsync("one", Cancel) is { Failure: not null } state ? state : null, cancel: Cancel);
            Assert.Equal(WorkflowStatus.Running, parked.Status);
            Assert.Contains(words, parked.Failure!.Message, StringComparison.Ordinal);
            Assert.NotNull(parked.Failure.Cure);
            Assert.Equal(2, Lines()); // nothing was written into it, and nothing removed
        }

        using (var session = SqliteFile.Open(Store))
        {
            for (var position = 0; position < kept.Length; position++)
                session.Execute("UPDATE history SET event = $1 WHERE position = $2", kept[position], (long)position);
        }

        await using var mended = await DurableEngine.StartAsync(script.Catalog, Store);
        Assert.Equal((WorkflowStatus.Completed, "11"), await EndAsync(mended, "one"));
        Assert.Null((await mended.Client.FindAsync("one", Cancel))!.Failure);
    }

    [Fact]
    public async Task Store_OfTheFirstSchema_IsOpenedAndGoesOn()
    {
        var workflow = script.Workflow<int, int>("waits", async (context, x) => x + await context.WaitForEventAsync<int>("go"));
        await using (var before = await DurableEngine.StartAsync(script.Catalog, Store))
        {
            await before.Client.StartAsync(workflow, "one", 1, Cancel);
            await Eventually.TrueAsync("the first turn", () => Lines() == 2, cancel: Cancel);
        }

        using (var session = SqliteFile.Open(Store))
        {
            session.Execute("DROP INDEX instances_ended");
            session.Execute("ALTER TABLE instances DROP COLUMN parked");
            session.Execute("ALTER TABLE activities DROP COLUMN starts");
            session.Execute("PRAGMA user_version = 1");
        }

        await using var after = await DurableEngine.StartAsync(script.Catalog, Store);
        await after.Client.RaiseAsync("one", "go", 10, Cancel);
        Assert.Equal((WorkflowStatus.Completed, "11"), await EndAsync(after, "one"));
    }

    private long Lines()
    {
        using var session = SqliteFile.Open(Store);
        return session.Scalar<long>("SELECT count(*) FROM history");
    }

    private static async Task<(WorkflowStatus, string?)> EndAsync(DurableEngine engine, string id)
    {
        var state = await engine.Client.WaitAsync(id, Eventually.Patience, Cancel) ?? throw new TimeoutException($"The instance '{id}' did not end.");
        return (state.Status, state.Output ?? state.Failure?.Message);
    }
}
