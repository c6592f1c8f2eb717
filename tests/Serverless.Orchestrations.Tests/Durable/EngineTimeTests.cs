using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Options;
using Serverless.Durable.Storage;
using Serverless.Durable.Storage.Sqlite;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>Clocks and restarts: time is moved by hand.</summary>
public sealed class EngineTimeTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Script script = new();
    private readonly ManualTime time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => folder["workflows.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Timer_DueInAnHour_FiresThenAndNotBefore()
    {
        var workflow = Sleeper();
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store, time);
        await engine.Client.StartAsync(workflow, "one", 60, Cancel);
        await AsleepAsync(engine);
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(WorkflowStatus.Running, (await engine.Client.FindAsync("one", Cancel))!.Status);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("true", (await EndAsync(engine)).Output);
    }

    [Fact]
    public async Task Clock_AnHourBackAndForth_TimerFiresOnceAtItsTime()
    {
        var workflow = Sleeper();
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store, time);
        await engine.Client.StartAsync(workflow, "one", 30, Cancel);
        await AsleepAsync(engine);
        time.Advance(TimeSpan.FromHours(-1));
        time.Advance(TimeSpan.FromMinutes(45)); // the platform's timer fires; the clock says that it is not due yet
        Assert.Equal(WorkflowStatus.Running, (await engine.Client.FindAsync("one", Cancel))!.Status);
        time.Advance(TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("true", (await EndAsync(engine)).Output);
        Assert.Single(History("one").OfType<TimerFired>());
    }

    [Fact]
    public async Task Clock_AnHourForwardAndBackAgain_LaterWorkRunsAsEver()
    {
        var workflow = Sleeper();
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store, time);
        await engine.Client.StartAsync(workflow, "one", 30, Cancel);
        await AsleepAsync(engine);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("true", (await EndAsync(engine)).Output);
        time.Advance(TimeSpan.FromHours(-1));
        await engine.Client.StartAsync(workflow, "two", 10, Cancel);
        await AsleepAsync(engine, "two");
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("true", (await EndAsync(engine, "two")).Output);
    }

    [Fact]
    public async Task Timer_CameDueWhileTheProcessWasDown_FiresAtTheStart()
    {
        var workflow = Sleeper();
        await using (var before = await DurableEngine.StartAsync(script.Catalog, Store, time))
        {
            await before.Client.StartAsync(workflow, "one", 60, Cancel);
            await AsleepAsync(before);
        }

        time.Advance(TimeSpan.FromHours(5));
        await using var after = await DurableEngine.StartAsync(script.Catalog, Store, time);
        Assert.Equal("true", (await EndAsync(after)).Output);
    }

    [Fact]
    public async Task Retry_BackOff_SurvivesARestart()
    {
        var attempts = new List<int>();
        var flaky = script.Activity<int, int>("flaky", (call, x, _) =>
        {
            lock (attempts)
                attempts.Add(call.Attempt);
            return call.Attempt == 1 ? throw new IOException("down") : Task.FromResult(x);
        });
        var workflow = script.Workflow<int, int>("retry", (context, x) => context.CallAsync(flaky, x, new RetryPolicy { First = TimeSpan.FromMinutes(10), Longest = TimeSpan.FromHours(1) }));
        await using (var before = await DurableEngine.StartAsync(script.Catalog, Store, time))
        {
            await before.Client.StartAsync(workflow, "one", 3, Cancel);
            await Eventually.TrueAsync("the failure is recorded", () => History("one").OfType<ActivityFailed>().Any(), cancel: Cancel);
        }

        await using var after = await DurableEngine.StartAsync(script.Catalog, Store, time);
        Assert.Equal([1], attempts);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("3", (await EndAsync(after)).Output);
        Assert.Equal([1, 2], attempts);
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public async Task Event_BeforeTheStart_IsKeptForADay(int hours, bool isKept)
    {
        var workflow = script.Workflow<int, bool>("waits", async (context, _) =>
        {
            var (came, _) = await context.WaitForEventAsync<int>("early", TimeSpan.FromMinutes(1));
            return came;
        });
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store, time);
        await engine.Client.RaiseAsync("one", "early", 1, Cancel);
        time.Advance(TimeSpan.FromHours(hours));
        await engine.Client.StartAsync(workflow, "one", 0, Cancel);
        if (!isKept)
        {
            await Eventually.TrueAsync("the workflow waits", () => History("one").OfType<TimerSet>().Any(), cancel: Cancel);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(isKept ? "true" : "false", (await EndAsync(engine)).Output);
    }

    [Fact]
    public async Task Event_OfAnInstanceThatNeverCame_IsForgottenBySweeping()
    {
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store, time);
        await engine.Client.RaiseAsync("nobody", "early", 1, Cancel);
        await using var store = Open();
        Assert.Single(store.Inbox("nobody", 10));
        await Eventually.TrueAsync("the event is gone", () =>
        {
            time.Advance(TimeSpan.FromHours(25));
            return store.Inbox("nobody", 10).Count == 0;
        }, cancel: Cancel);
    }

    [Fact]
    public async Task Activity_CancelledByAGracefulStop_RunsAgainAfterTheStart()
    {
        var entered = new TaskCompletionSource();
        var attempts = new List<int>();
        var hold = script.Activity<int, int>("hold", async (call, x, cancel) =>
        {
            int runs;
            lock (attempts)
            {
                attempts.Add(call.Attempt);
                runs = attempts.Count;
            }

            entered.TrySetResult();
            if (runs == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return x;
        });
        var workflow = script.Workflow<int, int>("holds", (context, x) => context.CallAsync(hold, x));
        await using (var before = await DurableEngine.StartAsync(script.Catalog, Store))
        {
            await before.Client.StartAsync(workflow, "one", 4, Cancel);
            await entered.Task.WaitAsync(Eventually.Patience, Cancel);
        }

        await using var after = await DurableEngine.StartAsync(script.Catalog, Store);
        Assert.Equal("4", (await EndAsync(after)).Output);
        Assert.Equal([1, 1], attempts); // the same attempt: a stop is no failure
    }

    [Fact]
    public async Task Activity_DoesNotHeedItsCancellation_DoesNotHoldTheStop()
    {
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource<int>();
        var deaf = script.Activity<int, int>("deaf", (_, _, _) =>
        {
            entered.TrySetResult();
            return never.Task;
        });
        var workflow = script.Workflow<int, int>("holds", (context, x) => context.CallAsync(deaf, x));
        var engine = await DurableEngine.StartAsync(script.Catalog, Store);
        await engine.Client.StartAsync(workflow, "one", 4, Cancel);
        await entered.Task.WaitAsync(Eventually.Patience, Cancel);
        await engine.DisposeAsync(new CancellationToken(true)).AsTask().WaitAsync(Eventually.Patience, Cancel);
        never.SetResult(1);
    }

    private WorkflowName<int, bool> Sleeper() => script.Workflow<int, bool>("sleeper", async (context, minutes) =>
    {
        await context.TimerAsync(TimeSpan.FromMinutes(minutes));
        return true;
    });

    private Task AsleepAsync(DurableEngine engine, string id = "one") =>
        Eventually.TrueAsync("the timer is set", () => History(id).OfType<TimerSet>().Any(), cancel: Cancel);

    private IReadOnlyList<HistoryEvent> History(string id)
    {
        SQLitePCL.Batteries_V2.Init();
        using var session = SqliteFile.Open(Store);
        return session.Query("SELECT h.event FROM history h JOIN instances i ON i.key = h.instance WHERE i.id = $1 ORDER BY position", row => HistoryJson.Read(row.GetString(0)), id);
    }

    private IWorkflowStore Open() => SqliteWorkflowStore.Open(Store, new DurableOptions { Path = Store }.MaxFileBytes);

    private static async Task<WorkflowState> EndAsync(DurableEngine engine, string id = "one") =>
        await Eventually.SomeAsync($"the end of {id}", async () => await engine.Client.FindAsync(id, Cancel) is { Status: not WorkflowStatus.Running } state ? state : null, cancel: Cancel);
}
