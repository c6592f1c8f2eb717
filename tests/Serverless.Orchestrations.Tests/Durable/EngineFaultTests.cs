using Microsoft.Data.Sqlite;
using Serverless.Conformance.Workflows;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Options;
using Serverless.Durable.Replay;
using Serverless.Durable.Storage;
using Serverless.Durable.Storage.Sqlite;
using Serverless.Durable.Working;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>What SQLite and other processes may do to a store: a clear error, and nothing lost.</summary>
public sealed class EngineFaultTests : IDisposable
{
    private const long Large = 1L << 30;

    private readonly TempFolder folder = new();
    private readonly Script script = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => folder["workflows.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Disk_Full_IsSaid_AndAllThatWasTakenIsDoneOnceThereIsRoom()
    {
        var echo = script.Activity<string, int>("echo", text => text.Length);
        var workflow = script.Workflow<string, int>("echo", (context, text) => context.CallAsync(echo, text));
        var taken = new List<string>();
        await using (var full = await DurableEngine.StartAsync(script.Catalog, new DurableOptions { Path = Store, MaxFileBytes = 512 * 1024 }))
        {
            ServerlessException? refused = null;
            while (refused is null)
            {
                var id = $"w{taken.Count}";
                try
                {
                    await full.Client.StartAsync(workflow, id, new string('x', 30_000), Cancel);
                    taken.Add(id);
                }
                catch (ServerlessException error)
                {
                    refused = error;
                }
            }

            Assert.Equal((ProblemCodes.StorageFull, true), (refused.Code, refused.Retryable));
            Assert.Contains(Store, refused.Message, StringComparison.Ordinal);
            Assert.NotNull(refused.Cure);
        }

        Assert.NotEmpty(taken);
        await using var roomy = await DurableEngine.StartAsync(script.Catalog, Store);
        foreach (var id in taken)
            Assert.Equal((WorkflowStatus.Completed, "30000"), await EndAsync(roomy, id));
        Assert.Null(await roomy.Client.FindAsync($"w{taken.Count}", Cancel));
        Assert.Null(await roomy.Health.CheckAsync(Cancel));
    }

    [Theory]
    [InlineData(10)] // I/O error
    [InlineData(13)] // full
    [InlineData(8)] // read-only
    [InlineData(5)] // busy
    public async Task Commits_FailForAWhile_WorkGoesOnByItselfAfterwards(int code)
    {
        var failing = false;
        var failed = 0;
        var add = script.Activity<int, int>("add", x => x + 1);
        var workflow = script.Workflow<int, int>("adds", async (context, x) =>
        {
            x += await context.WaitForEventAsync<int>("go");
            return await context.CallAsync(add, x);
        });
        await using var engine = await DurableEngine.StartAsync(script.Catalog, new DurableOptions
        {
            Path = Store,
            Probe = moment =>
            {
                if (!Volatile.Read(ref failing) || moment == CommitMoment.After)
                    return;
                Interlocked.Increment(ref failed);
                throw new SqliteException("by the test", code);
            },
        });
        await engine.Client.StartAsync(workflow, "one", 1, Cancel);
        await engine.Client.RaiseAsync("two", "go", 10, Cancel);
        await engine.Client.RaiseAsync("one", "go", 10, Cancel);
        Volatile.Write(ref failing, true);
        var refused = await Assert.ThrowsAsync<ServerlessException>(() => engine.Client.StartAsync(workflow, "two", 1, Cancel));
        Assert.True(refused.Retryable);
        Assert.Equal(refused.Code, (await engine.Health.CheckAsync(Cancel))!.Code);
        Volatile.Write(ref failing, false);

        Assert.True(await engine.Client.StartAsync(workflow, "two", 2, Cancel));
        Assert.Equal((WorkflowStatus.Completed, "12"), await EndAsync(engine, "one"));
        Assert.Equal((WorkflowStatus.Completed, "13"), await EndAsync(engine, "two"));
        Assert.Null(await engine.Health.CheckAsync(Cancel));
    }

    [Fact]
    public async Task Turn_CannotBeStored_IsMadeAgainFromTheHistory()
    {
        var fails = 0;
        var runs = 0;
        var add = script.Activity<int, int>("add", x =>
        {
            Interlocked.Increment(ref runs);
            Volatile.Write(ref fails, 3); // the next commits, of this activity's result among them
            return x + 1;
        });
        var workflow = script.Workflow<int, int>("adds", async (context, x) => await context.CallAsync(add, x) * 2);
        await using var engine = await DurableEngine.StartAsync(script.Catalog, new DurableOptions
        {
            Path = Store,
            Probe = moment =>
            {
                if (moment == CommitMoment.Before && Interlocked.Decrement(ref fails) >= 0)
                    throw new SqliteException("by the test", 10);
            },
        });
        await engine.Client.StartAsync(workflow, "one", 1, Cancel);
        Assert.Equal((WorkflowStatus.Completed, "4"), await EndAsync(engine, "one"));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Store_LockedByAnotherProcessForAWhile_IsWaitedFor()
    {
        var workflow = script.Workflow<int, int>("gives", (_, x) => Task.FromResult(x));
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store);
        Task<bool> starting;
        using (var other = SqliteFile.Open(Store))
        {
            other.Execute("BEGIN IMMEDIATE");
            starting = engine.Client.StartAsync(workflow, "one", 1, Cancel);
            Assert.False(starting.IsCompleted);
            other.Execute("COMMIT");
        }

        Assert.True(await starting);
        Assert.Equal((WorkflowStatus.Completed, "1"), await EndAsync(engine, "one"));
    }

    [Theory]
    [InlineData(5, ProblemCodes.Unavailable, true)]
    [InlineData(8, ProblemCodes.Unavailable, true)]
    [InlineData(10, ProblemCodes.Unavailable, true)]
    [InlineData(11, ProblemCodes.Internal, false)]
    [InlineData(13, ProblemCodes.StorageFull, true)]
    [InlineData(14, ProblemCodes.Unavailable, true)]
    [InlineData(26, ProblemCodes.Internal, false)]
    [InlineData(1, ProblemCodes.Internal, false)]
    public void SqliteError_HasItsCodeAndCure(int sqlite, string code, bool isRetryable)
    {
        var error = StoreErrors.Of(new SqliteException("why", sqlite), "/data/workflows.db");
        Assert.Equal((code, isRetryable), (error.Code, error.Retryable));
        Assert.Contains("'/data/workflows.db'", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Cure);
    }

    [Fact]
    public async Task File_IsNoStore_IsRefusedAndLeftAlone()
    {
        await File.WriteAllTextAsync(folder["text.db"], new string('x', 5_000), Cancel);
        Assert.Contains("damaged or is no database", Refused("text.db"), StringComparison.Ordinal);
        Assert.Equal(new string('x', 5_000), await File.ReadAllTextAsync(folder["text.db"], Cancel));

        using (var other = SqliteFile.OpenWriter(folder["newer.db"], Large))
            other.Execute("PRAGMA user_version = 9");
        Assert.Contains("schema 9; this version knows 2", Refused("newer.db"), StringComparison.Ordinal);

        using (var other = SqliteFile.Open(folder["other.db"]))
            other.Execute("CREATE TABLE mine(x)");
        Assert.Contains("no workflow store", Refused("other.db"), StringComparison.Ordinal);

        Directory.CreateDirectory(folder["folder.db"]);
        Assert.Contains("cannot be opened", Refused("folder.db"), StringComparison.Ordinal);

        string Refused(string file) => Assert.Throws<ServerlessException>(() => SqliteWorkflowStore.Open(folder[file], Large)).Message;
    }

    [Fact]
    public async Task File_WithDamagedPages_IsSaidAndNotMadeWorse()
    {
        var workflow = script.Workflow<string, int>("waits", (context, _) => context.WaitForEventAsync<int>("go"));
        await using (var engine = await DurableEngine.StartAsync(script.Catalog, Store))
        {
            for (var i = 0; i < 50; i++)
                await engine.Client.StartAsync(workflow, $"w{i}", new string('x', 2_000), Cancel);
        }

        var bytes = await File.ReadAllBytesAsync(Store, Cancel);
        Array.Fill(bytes, (byte)0xA5, 4_096, bytes.Length - 4_096);
        await File.WriteAllBytesAsync(Store, bytes, Cancel);
        var error = await Assert.ThrowsAsync<ServerlessException>(async () =>
        {
            await using var broken = await DurableEngine.StartAsync(script.Catalog, Store);
            await broken.Client.FindAsync("w1", Cancel);
        });
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.False(error.Retryable);
    }

    [Fact]
    public async Task Lease_TakenByAnother_OldWorkersTurnChangesNothing()
    {
        await using var old = SqliteWorkflowStore.Open(Store, Large);
        await using var young = SqliteWorkflowStore.Open(Store, Large);
        var oldEpoch = await old.TakeLeaseAsync("old", MachineDriver.Start, Cancel);
        var key = await old.StartAsync(new NewInstance("one", "w", "1", MachineDriver.Start, MachineDriver.Start), Cancel);
        var youngEpoch = await young.TakeLeaseAsync("young", MachineDriver.Start, Cancel);
        script.Workflow<int, int>("w", (context, _) => context.WaitForEventAsync<int>("go"));
        var machine = new WorkflowMachine("one", script.Catalog, new MachineLimits(1_000, 1_000, 1_000));
        var commit = new TurnCommit(oldEpoch, key!.Value, "one", 0, machine.Run([MachineDriver.Begin("w")]), [], MachineDriver.Start);

        var lost = await Assert.ThrowsAsync<LeaseLostException>(() => old.CommitAsync(commit, Cancel));
        Assert.Contains("'young'", lost.Message, StringComparison.Ordinal);
        Assert.Empty(young.History(key.Value));
        commit = commit with { Epoch = youngEpoch };
        Assert.True((await young.CommitAsync(commit, Cancel)).IsApplied);
        Assert.False((await young.CommitAsync(commit, Cancel)).IsApplied); // the same turn twice: the history has moved on
        Assert.Equal(2, young.History(key.Value).Count);
    }

    [Theory]
    [InlineData("DELETE FROM history WHERE position = 1", "has 1 of its 2 events")]
    [InlineData("UPDATE history SET event = 'torn' WHERE position = 1", "cannot be read")]
    public async Task History_Damaged_IsSaidAndNeverRunOn(string damage, string words)
    {
        await using var store = SqliteWorkflowStore.Open(Store, Large);
        var epoch = await store.TakeLeaseAsync("worker", MachineDriver.Start, Cancel);
        var key = (await store.StartAsync(new NewInstance("one", "w", "1", MachineDriver.Start, MachineDriver.Start), Cancel))!.Value;
        script.Workflow<int, int>("w", (context, _) => context.WaitForEventAsync<int>("go"));
        var turns = new TurnRunner(store, script.Catalog, new DurableOptions { Path = Store }, TimeProvider.System, epoch, _ => { });
        Assert.NotNull(await turns.RunAsync(new LiveInstance(key), [], false));
        using (var session = SqliteFile.Open(Store))
            Assert.Equal(1, session.Execute(damage));

        var error = await Assert.ThrowsAsync<ServerlessException>(() => turns.RunAsync(new LiveInstance(key), [], true));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Cure);
        Assert.Equal(WorkflowStatus.Running, store.Find("one")!.Status);
    }

    [Fact]
    public async Task Workers_TwoOnOneFile_OneWorksAndTheOtherTakesOver()
    {
        var (first, second) = (0, 0);
        var workflow = CountingOn(script, () => Interlocked.Increment(ref first));
        var other = new Script();
        CountingOn(other, () => Interlocked.Increment(ref second));
        var options = new DurableOptions { Path = Store, Sweep = TimeSpan.FromMilliseconds(20) };
        var one = await DurableEngine.StartAsync(script.Catalog, options); // its end is part of the test
        await one.Client.StartAsync(workflow, "first", 0, Cancel);
        Assert.Equal((WorkflowStatus.Completed, "0"), await EndAsync(one, "first"));
        await using var two = await DurableEngine.StartAsync(other.Catalog, options);
        Assert.True(await two.Client.StartAsync(workflow, "a", 1, Cancel)); // the standby's client works; the other's worker notices
        Assert.Equal((WorkflowStatus.Completed, "1"), await EndAsync(two, "a"));
        await one.Client.StartAsync(workflow, "b", 2, Cancel);
        Assert.Equal((WorkflowStatus.Completed, "2"), await EndAsync(one, "b"));
        Assert.Equal((3, 0), (first, second));

        await one.DisposeAsync(Cancel);
        await two.Client.StartAsync(workflow, "c", 3, Cancel);
        Assert.Equal((WorkflowStatus.Completed, "3"), await EndAsync(two, "c"));
        Assert.Equal((3, 1), (first, second));

        static WorkflowName<int, int> CountingOn(Script script, Action count)
        {
            var step = script.Activity<int, int>("step", x =>
            {
                count();
                return x;
            });
            return script.Workflow<int, int>("steps", (context, x) => context.CallAsync(step, x));
        }
    }

    private static async Task<(WorkflowStatus, string?)> EndAsync(DurableEngine engine, string id)
    {
        var state = await engine.Client.WaitAsync(id, Eventually.Patience, Cancel) ?? throw new TimeoutException($"The instance '{id}' did not end.");
        return (state.Status, state.Output ?? state.Failure?.Message);
    }
}
