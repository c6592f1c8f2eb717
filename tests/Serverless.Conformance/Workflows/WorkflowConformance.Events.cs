using Serverless.Core.Workflows;
using Serverless.TestKit;

namespace Serverless.Conformance.Workflows;

public abstract partial class WorkflowConformance
{
    [Fact]
    public async Task Events_BeforeTheStart_AreKeptInOrder()
    {
        var workflow = Collector("collect");
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.RaiseAsync("one", "item", "a", Cancel);
        await engine.Client.RaiseAsync("one", "ITEM", "b", Cancel);
        await engine.Client.StartAsync(workflow, "one", 3, Cancel);
        await engine.Client.RaiseAsync("one", "Item", "c", Cancel);
        AssertOutput("[\"a\",\"b\",\"c\"]", await EndAsync(engine, "one"));
    }

    [Fact]
    public async Task Event_AfterTheEnd_IsDropped()
    {
        var workflow = Collector("collect");
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 1, Cancel);
        await engine.Client.RaiseAsync("one", "item", "a", Cancel);
        AssertOutput("[\"a\"]", await EndAsync(engine, "one"));
        await engine.Client.RaiseAsync("one", "item", "late", Cancel);
        AssertOutput("[\"a\"]", await EndAsync(engine, "one"));
    }

    [Fact]
    public async Task Event_SentTwice_CountsOnceForEachWait()
    {
        var workflow = Collector("collect");
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 2, Cancel);
        await engine.Client.RaiseAsync("one", "item", "same", Cancel);
        await engine.Client.RaiseAsync("one", "item", "same", Cancel);
        AssertOutput("[\"same\",\"same\"]", await EndAsync(engine, "one"));
    }

    [Fact]
    public async Task Wait_RunsOut_AndTheEventComesLater_IsTakenByTheNextWait()
    {
        var workflow = Script.Workflow<int, string>("patient", async (context, _) =>
        {
            var (early, _) = await context.WaitForEventAsync<string>("item", TimeSpan.FromMilliseconds(30));
            context.SetStatus("waited");
            return $"{early} {await context.WaitForEventAsync<string>("item")}";
        });
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 0, Cancel);
        await StatusAsync(engine, "one", "\"waited\"");
        await engine.Client.RaiseAsync("one", "item", "here", Cancel);
        AssertOutput("\"False here\"", await EndAsync(engine, "one"));
    }

    [Fact]
    public async Task Wait_EventComesInTime_TimerIsWithdrawn()
    {
        var workflow = Script.Workflow<int, string>("quick", async (context, _) =>
        {
            var (came, payload) = await context.WaitForEventAsync<string>("item", TimeSpan.FromHours(1));
            return $"{came} {payload}";
        });
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 0, Cancel);
        await engine.Client.RaiseAsync("one", "item", "x", Cancel);
        AssertOutput("\"True x\"", await EndAsync(engine, "one"));
    }

    [Fact]
    public async Task Timer_InThePast_CompletesAtOnce()
    {
        var workflow = Script.Workflow<int, bool>("past", async (context, _) =>
        {
            await context.TimerAsync(context.UtcNow - TimeSpan.FromHours(1));
            await context.TimerAsync(TimeSpan.FromMilliseconds(20));
            return true;
        });
        AssertOutput("true", await RunAsync(workflow, 0));
    }

    [Fact]
    public async Task Timer_Withdrawn_TaskIsCancelledAndTheWorkflowGoesOn()
    {
        var workflow = Script.Workflow<int, string>("withdraw", async (context, _) =>
        {
            using var stop = new CancellationTokenSource();
            var timer = context.TimerAsync(TimeSpan.FromHours(1), stop.Token);
            var quick = context.TimerAsync(TimeSpan.FromMilliseconds(5));
            var first = await Task.WhenAny(timer, quick);
            stop.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return first == quick ? "cancelled" : "wrong order";
            }
        });
        AssertOutput("\"cancelled\"", await RunAsync(workflow, 0));
    }

    [Fact]
    public async Task ContinueAsNew_UntakenEventsAndTheIdStay()
    {
        var workflow = Script.Workflow<int[], int[]>("rounds", async (context, taken) =>
        {
            var next = await context.WaitForEventAsync<int>("n");
            int[] all = [.. taken, next];
            if (all.Length < 6)
                context.ContinueAsNew(all);
            return all;
        });
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", [], Cancel);
        for (var i = 0; i < 6; i++)
            await engine.Client.RaiseAsync("one", "n", i, Cancel);
        AssertOutput("[0,1,2,3,4,5]", await EndAsync(engine, "one"));
        Assert.Single(await engine.Client.ListAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task ContinueAsNew_CalledWorkflowUnderWay_RunsOnAndIsWaitedForWhenItIsCalledAgain()
    {
        var below = Script.Workflow<int, int>("below", async (context, x) => x + await context.WaitForEventAsync<int>("go"));
        var workflow = Script.Workflow<int, int>("rounds", async (context, round) =>
        {
            var called = context.CallWorkflowAsync(below, "below", round * 100);
            if (round == 2)
                return await called;
            await context.WaitForEventAsync<int>("next");
            context.ContinueAsNew(2);
            return 0;
        });
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 1, Cancel);
        await Eventually.SomeAsync("the called workflow", () => engine.Client.FindAsync("below", Cancel), cancel: Cancel);
        await engine.Client.RaiseAsync("one", "next", 0, Cancel);
        await engine.Client.RaiseAsync("below", "go", 7, Cancel);
        AssertOutput("107", await EndAsync(engine, "one")); // the first call's input: it was not started again
    }

    [Fact]
    public async Task PurgeEnded_ForgetsWhatEndedBefore_AndNothingThatRuns()
    {
        var workflow = Script.Workflow<int, int>("ends", async (context, x) => x > 0 ? x : await context.WaitForEventAsync<int>("go"));
        await using var engine = await StartEngineAsync(Script.Catalog);
        for (var i = 1; i <= 3; i++)
        {
            await engine.Client.StartAsync(workflow, $"ended-{i}", i, Cancel);
            await EndAsync(engine, $"ended-{i}");
        }

        await engine.Client.StartAsync(workflow, "runs", 0, Cancel);
        var third = (await engine.Client.FindAsync("ended-3", Cancel))!.UpdatedAt;
        Assert.Equal(0, await engine.Client.PurgeEndedAsync(third - TimeSpan.FromHours(1), 10, Cancel));
        Assert.Equal(2, await engine.Client.PurgeEndedAsync(third + TimeSpan.FromHours(1), 2, Cancel));
        Assert.Equal(["runs", "ended-3"], (await engine.Client.ListAsync(null, 10, Cancel)).Select(state => state.InstanceId));
        Assert.Equal(1, await engine.Client.PurgeEndedAsync(third + TimeSpan.FromHours(1), 2, Cancel));
        Assert.Equal(WorkflowStatus.Running, (await engine.Client.FindAsync("runs", Cancel))!.Status);
        Assert.True(await engine.Client.StartAsync(workflow, "ended-1", 5, Cancel)); // forgotten: its id is free
        AssertOutput("5", await EndAsync(engine, "ended-1"));
    }

    private WorkflowName<int, string[]> Collector(string name) => Script.Workflow<int, string[]>(name, async (context, n) =>
    {
        var items = new List<string>();
        while (items.Count < n)
            items.Add(await context.WaitForEventAsync<string>("item"));
        return [.. items];
    });
}
