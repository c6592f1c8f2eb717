using Serverless.Conformance.Workflows;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>The replay machine alone: histories and arrivals in, events and actions out.</summary>
public sealed class MachineTests
{
    private static readonly ActivityName<int, int> A = new("a");
    private static readonly ActivityName<int, int> B = new("b");

    private readonly Script script = new();

    [Fact]
    public void Code_CallsAnotherActivity_IsNamedWithPositionAndBothSides()
    {
        var history = Recorded((context, x) => context.CallAsync(A, x));
        var failure = Replayed(history, (context, x) => context.CallAsync(B, x)).Failure;
        Assert.Equal("nondeterminism", failure.Code);
        Assert.Contains("a call of activity 'a' as event 2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the code did a call of activity 'b'", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Cure);
    }

    [Fact]
    public void Code_LeavesACallOut_IsNamed()
    {
        var history = Recorded(async (context, x) =>
        {
            var never = context.WaitForEventAsync<int>("never");
            return await context.CallAsync(A, x) + await context.CallAsync(B, x) + await never;
        }, Done(2, "5"));
        var failure = Replayed(history, async (context, x) =>
        {
            var never = context.WaitForEventAsync<int>("never");
            return await context.CallAsync(A, x) + await never;
        }).Failure;
        Assert.Equal("nondeterminism", failure.Code);
        Assert.Contains("a call of activity 'b' as event 5", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nothing there: it waits or has ended", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_DoesMoreThanTheHistory_IsNamed()
    {
        var history = Recorded((context, x) => context.CallAsync(A, x));
        var failure = Replayed(history, (context, x) => Task.WhenAny(context.CallAsync(A, x), context.CallAsync(B, x)).Unwrap()).Failure;
        Assert.Contains("the history ends before event 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_CatchesTheNondeterminism_FailsAllTheSame()
    {
        var history = Recorded((context, x) => context.CallAsync(A, x));
        var failure = Replayed(history, async (context, x) =>
        {
            try
            {
                return await context.CallAsync(B, x);
            }
            catch (NondeterminismException)
            {
                return 42;
            }
        }).Failure;
        Assert.Equal("nondeterminism", failure.Code);
    }

    [Fact]
    public void Code_PassesAnotherInput_HistorysInputHolds()
    {
        var history = Recorded((context, x) => context.CallAsync(A, x));
        var driver = Replayed(history, (context, x) => context.CallAsync(A, x + 100, new RetryPolicy()), Failed(1, 1));
        Assert.IsType<TurnEnding.Failed>(driver.Ending); // no policy in the history, so no retry
    }

    [Fact]
    public void Version_HistoryFromBeforeTheChange_GivesZero()
    {
        var history = Recorded(async (context, x) => await context.CallAsync(A, x) + await context.CallAsync(A, x), Done(1, "1"));
        var driver = Replayed(history, async (context, x) =>
        {
            var first = await context.CallAsync(A, x);
            var version = context.GetVersion("other", 1);
            var second = await context.CallAsync(version == 0 ? A : B, x);
            return (version * 100) + first + second + context.GetVersion("other", 1);
        }, Done(2, "2"));
        Assert.Equal("3", driver.Output);
    }

    [Fact]
    public void Version_ReachedFirstNow_IsRecordedAndHoldsOnReplay()
    {
        Func<IWorkflowContext, int, Task<int>> old = async (context, x) => await context.CallAsync(A, x) + (10 * context.GetVersion("new", 1));
        var history = Recorded(old);
        var went = Replayed(history, old, Done(1, "5"));
        Assert.Equal("15", went.Output);
        Assert.Contains(went.History, entry => entry is VersionTaken { Change: "new", Version: 1 });

        var waits = Recorded(async (context, x) => context.GetVersion("new", 1) + await context.CallAsync(A, x));
        Assert.Equal("6", Replayed(waits, async (context, x) => context.GetVersion("new", 3) + await context.CallAsync(A, x), Done(1, "5")).Output);
        Assert.Equal("5", Replayed(waits, (context, x) => context.CallAsync(A, x), Done(1, "5")).Output); // no longer asked for
        Assert.Contains("know up to version 0", Replayed(waits, async (context, x) => context.GetVersion("new", 0) + await context.CallAsync(A, x)).Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_AwaitsSomethingForeign_FailsAndSaysSo()
    {
        var nothing = Driven((_, _) => new TaskCompletionSource<int>().Task);
        Assert.Equal("foreign_await", nothing.Failure.Code);
        Assert.Contains("'one'", nothing.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_AwaitsSomethingForeignBesideACall_FailsAsSoonAsItShows()
    {
        var gate = new TaskCompletionSource();
        script.Workflow<int, int>("w", async (context, x) =>
        {
            var call = context.CallAsync(A, x);
            await Task.Run(() => gate.Task);
            return await call;
        });
        var driver = new MachineDriver(script.Catalog).Run(MachineDriver.Begin("w"));
        Assert.Null(driver.Ending);
        var told = new TaskCompletionSource();
        driver.Machine.ForeignCame = () => told.TrySetResult();
        gate.SetResult();
        await told.Task.WaitAsync(TestKit.Eventually.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("foreign_await", driver.Run().Failure.Code);
    }

    [Fact]
    public void Code_TokenIsCancelledByAnotherThread_FailsAndHarmsNobody()
    {
        using var stop = new CancellationTokenSource();
        script.Workflow<int, int>("w", async (context, x) =>
        {
            await context.TimerAsync(TimeSpan.FromHours(1), stop.Token);
            return x;
        });
        var driver = new MachineDriver(script.Catalog).Run(MachineDriver.Begin("w"));
        var told = false;
        driver.Machine.ForeignCame = () => told = true;
        stop.Cancel();
        Assert.True(told);
        Assert.Equal("foreign_await", driver.Run().Failure.Code);
    }

    [Fact]
    public void Code_ThrowsPastItsTasks_FailsTheWorkflow()
    {
        var driver = Driven((context, x) =>
        {
            Fire(context);
            return context.CallAsync(A, x);

            static async void Fire(IWorkflowContext context)
            {
                await context.TimerAsync(TimeSpan.FromSeconds(1));
                throw new InvalidDataException("escaped");
            }
        }, new TimerFired { At = MachineDriver.At(1), Call = 1 });
        Assert.Equal(nameof(InvalidDataException), driver.Failure.Code);
    }

    [Fact]
    public void Code_WithoutItsContext_ContinuesInTheTurnAllTheSame()
    {
        var driver = Driven(async (context, x) =>
        {
            var sum = 0;
            for (var i = 0; i < 3; i++)
                sum += await context.CallAsync(A, x).ConfigureAwait(false);
            return sum;
        }, Done(1, "1"), Done(2, "2"), Done(3, "3"));
        Assert.Equal("6", driver.Output);
    }

    [Fact]
    public void Results_TwiceOrOfUnknownCalls_LeaveNoTrace()
    {
        var driver = Driven(async (context, x) => await context.CallAsync(A, x) + await context.CallAsync(B, x),
            Done(7, "9"), Done(1, "1"), Done(1, "100"), Failed(1, 1), new TimerFired { At = MachineDriver.At(1), Call = 1 }, Done(2, "2"));
        Assert.Equal("3", driver.Output);
        Assert.Equal(["started", "activity-called", "activity-completed", "activity-called", "activity-completed", "completed"], driver.History.Select(Kind));
    }

    [Fact]
    public void Retry_FailedAttempts_AreDueByThePolicy()
    {
        var driver = Driven((context, x) => context.CallAsync(A, x, new RetryPolicy { MaxAttempts = 3, First = TimeSpan.FromSeconds(2), Factor = 3, Longest = TimeSpan.FromSeconds(5) }),
            Failed(1, 1, 10), Failed(1, 1, 11), Failed(1, 2, 20), Failed(1, 3, 30));
        Assert.Equal([(1, 0.0), (2, 12.0), (3, 25.0)], driver.Actions.OfType<TurnAction.RunActivity>().Select(run => (run.Attempt, (run.Due - MachineDriver.Start).TotalSeconds)));
        Assert.Equal("IOException", driver.Failure.Code);
    }

    [Fact]
    public void Retry_PolicyOutOfBounds_IsRefused()
    {
        var driver = Driven((context, x) => context.CallAsync(A, x, new RetryPolicy { MaxAttempts = 0 }));
        Assert.Contains("1 to 1,000 attempts", driver.Failure.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void ContinueAsNew_EventsOfTheSameTurn_AreCarriedInOrder()
    {
        var driver = Driven(async (context, x) =>
        {
            context.ContinueAsNew(await context.WaitForEventAsync<int>("n"));
            return x;
        }, Event("other", "1"), Event("n", "7"), Event("n", "8"));
        var next = Assert.IsType<TurnEnding.ContinuedAsNew>(driver.Ending);
        Assert.Equal(("7", 1L), (next.Input, next.Calls));
        Assert.Equal(["other=1", "n=8"], next.Untaken.Select(one => $"{one.Name}={one.Payload}"));
    }

    [Fact]
    public void History_OverItsLimit_FailsWithTheCure()
    {
        script.Workflow<int, int>("w", async (context, x) =>
        {
            while (true)
                await context.TimerAsync(context.UtcNow);
        });
        var driver = new MachineDriver(script.Catalog, historyLimit: 100).Run(MachineDriver.Begin("w"));
        Assert.Equal("history_too_long", driver.Failure.Code);
        Assert.Contains("continue as new", driver.Failure.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Workflow_NotInTheCatalogue_FailsClearly()
    {
        var driver = new MachineDriver(script.Catalog).Run(MachineDriver.Begin("gone"));
        Assert.Equal("unknown_workflow", driver.Failure.Code);
        Assert.Contains("'gone'", driver.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Workflow_CallsItself_IsRefused() =>
        Assert.Contains("called itself", Driven((context, x) => context.CallWorkflowAsync(new WorkflowName<int, int>("w"), "one", x)).Failure.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"kind":"started","format":2,"workflow":"w","input":0,"at":"2026-01-01T00:00:00+00:00"}""", "format 2")]
    [InlineData("""{"kind":"of-tomorrow"}""", "cannot be read")]
    [InlineData("""{"kind":"started","format":1""", "cannot be read")]
    [InlineData("null", "null")]
    public void HistoryLine_NewerOrDamaged_IsRefused(string line, string words) =>
        Assert.Contains(words, Assert.Throws<ServerlessException>(() => HistoryJson.Read(line)).Message, StringComparison.Ordinal);

    private static ActivityCompleted Done(long call, string output, double at = 1) => new() { At = MachineDriver.At(at), Call = call, Output = output };

    private static ActivityFailed Failed(long call, int attempt, double at = 1) =>
        new() { At = MachineDriver.At(at), Call = call, Attempt = attempt, Failure = new WorkflowFailure("IOException", "no", null, true) };

    private static EventCame Event(string name, string payload) => new() { At = MachineDriver.At(1), Name = name, Payload = payload };

    private static string Kind(HistoryEvent entry) => HistoryJson.Write(entry).Split('"')[3];

    private static IReadOnlyList<HistoryEvent> Recorded(Func<IWorkflowContext, int, Task<int>> code, params ArrivedEvent[] arrivals) => Driven(code, arrivals).History;

    private static MachineDriver Driven(Func<IWorkflowContext, int, Task<int>> code, params ArrivedEvent[] arrivals)
    {
        var script = new Script();
        script.Workflow("w", code);
        return new MachineDriver(script.Catalog).Run([MachineDriver.Begin("w"), .. arrivals]);
    }

    private static MachineDriver Replayed(IReadOnlyList<HistoryEvent> history, Func<IWorkflowContext, int, Task<int>> code, params ArrivedEvent[] arrivals)
    {
        var script = new Script();
        script.Workflow("w", code);
        return new MachineDriver(script.Catalog).Replay(history).Run(arrivals);
    }
}
