using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.TestKit;

namespace Serverless.Conformance.Workflows;

public abstract partial class WorkflowConformance
{
    [Fact]
    public async Task Start_TwentyTimesAtOnce_RunsOnce()
    {
        var runs = 0;
        var count = Script.Activity<int, int>("count", _ => Interlocked.Increment(ref runs));
        var workflow = Script.Workflow<int, int>("once", (context, x) => context.CallAsync(count, x));
        await using var engine = await StartEngineAsync(Script.Catalog);
        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => engine.Client.StartAsync(workflow, "one", i, Cancel)));
        await EndAsync(engine, "one");
        Assert.Single(started, one => one);
        Assert.False(await engine.Client.StartAsync(workflow, "one", 1, Cancel));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task CalledWorkflow_ResultAndFailureComeBack()
    {
        var child = Script.Workflow<int, int>("child", async (context, x) =>
        {
            await context.TimerAsync(TimeSpan.FromMilliseconds(1));
            return x >= 0 ? x * 10 : throw new ServerlessException("negative", "below zero", "count up");
        });
        var parent = Script.Workflow<int, string>("parent", async (context, x) =>
        {
            var good = await context.CallWorkflowAsync(child, context.InstanceId + "-good", x);
            try
            {
                await context.CallWorkflowAsync(child, context.InstanceId + "-bad", -x);
                return "no failure";
            }
            catch (ActivityFailedException error)
            {
                return $"{good} {error.Name} {error.Failure.Code}";
            }
        });
        AssertOutput("\"70 child negative\"", await RunAsync(parent, 7));
    }

    [Fact]
    public async Task CalledWorkflow_IdIsKnown_IsWaitedForAndNotStartedAgain()
    {
        var runs = 0;
        var count = Script.Activity<int, int>("count", _ => Interlocked.Increment(ref runs));
        var child = Script.Workflow<int, int>("child", async (context, x) =>
        {
            await context.CallAsync(count, x);
            return await context.WaitForEventAsync<int>("go");
        });
        var parent = Script.Workflow<int, int>("parent", (context, x) => context.CallWorkflowAsync(child, "shared", x));
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(child, "shared", 0, Cancel);
        await engine.Client.StartAsync(parent, "running", 0, Cancel);
        await engine.Client.RaiseAsync("shared", "go", 5, Cancel);
        AssertOutput("5", await EndAsync(engine, "running"));
        await engine.Client.StartAsync(parent, "ended", 0, Cancel);
        AssertOutput("5", await EndAsync(engine, "ended"));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Workflow_Throws_FailsWithTheExceptionsFacts()
    {
        var workflow = Script.Workflow<int, int>("broken", (_, _) => throw new ServerlessException("gate", "too weak", "train longer"));
        var state = await RunAsync(workflow, 1);
        Assert.Equal(WorkflowStatus.Failed, state.Status);
        Assert.Equal(new WorkflowFailure("gate", "too weak", "train longer", false), state.Failure);
        Assert.Null(state.Output);
    }

    [Fact]
    public async Task Status_Set_IsShownAndBounded()
    {
        var workflow = Script.Workflow<int, int>("shows", async (context, _) =>
        {
            context.SetStatus(new Dictionary<string, int> { ["done"] = 3 });
            await context.WaitForEventAsync<int>("go");
            context.SetStatus(new string('x', 20_000));
            return 1;
        });
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 0, Cancel);
        Assert.Equal(WorkflowStatus.Running, (await StatusAsync(engine, "one", "{\"done\":3}")).Status);
        await engine.Client.RaiseAsync("one", "go", 1, Cancel);
        var state = await EndAsync(engine, "one");
        Assert.Equal(WorkflowStatus.Failed, state.Status);
        Assert.Contains("16,384", state.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_DuringAnActivity_EndsTheInstanceAndThoseItCalled_AndTheResultIsDropped()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        var hold = Script.Activity<int, int>("hold", async (_, x, cancel) =>
        {
            entered.TrySetResult();
            await release.Task.WaitAsync(cancel);
            left.TrySetResult();
            return x;
        });
        var child = Script.Workflow<int, int>("child", (context, x) => context.CallAsync(hold, x));
        var parent = Script.Workflow<int, int>("parent", (context, x) => context.CallWorkflowAsync(child, "below", x));
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(parent, "above", 1, Cancel);
        await entered.Task.WaitAsync(Eventually.Patience, Cancel);

        Assert.True(await engine.Client.TerminateAsync("above", "no longer wanted", Cancel));
        var above = await EndAsync(engine, "above");
        var below = await EndAsync(engine, "below");
        release.TrySetResult();
        await left.Task.WaitAsync(Eventually.Patience, Cancel);

        Assert.Equal((WorkflowStatus.Terminated, WorkflowStatus.Terminated), (above.Status, below.Status));
        Assert.Contains("no longer wanted", above.Failure!.Message, StringComparison.Ordinal);
        Assert.False(await engine.Client.TerminateAsync("above", "again", Cancel));
        Assert.False(await engine.Client.TerminateAsync("unknown", "never was", Cancel));
        Assert.Equal(WorkflowStatus.Terminated, (await engine.Client.FindAsync("below", Cancel))!.Status);
    }

    [Fact]
    public async Task Terminate_CalledWorkflow_CallerSeesAFailure()
    {
        var child = Script.Workflow<int, int>("child", (context, _) => context.WaitForEventAsync<int>("never"));
        var parent = Script.Workflow<int, int>("parent", (context, x) => context.CallWorkflowAsync(child, "below", x));
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(parent, "above", 1, Cancel);
        await Eventually.TrueAsync("the child runs", async () => await engine.Client.TerminateAsync("below", "gone", Cancel), cancel: Cancel);
        Assert.Equal((WorkflowStatus.Failed, "terminated"), ((await EndAsync(engine, "above")).Status, (await EndAsync(engine, "above")).Failure!.Code));
    }

    [Fact]
    public async Task Purge_OnlyWhatHasEnded_ForgetsIt()
    {
        var workflow = Script.Workflow<int, int>("waits", (context, _) => context.WaitForEventAsync<int>("go"));
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 0, Cancel);
        Assert.False(await engine.Client.PurgeAsync("one", Cancel));
        await engine.Client.RaiseAsync("one", "go", 8, Cancel);
        AssertOutput("8", await EndAsync(engine, "one"));
        Assert.True(await engine.Client.PurgeAsync("one", Cancel));
        Assert.False(await engine.Client.PurgeAsync("one", Cancel));
        Assert.Null(await engine.Client.FindAsync("one", Cancel));
        Assert.True(await engine.Client.StartAsync(workflow, "one", 0, Cancel));
        await engine.Client.RaiseAsync("one", "go", 9, Cancel);
        AssertOutput("9", await EndAsync(engine, "one"));
    }

    [Fact]
    public async Task List_NewestFirst_FilteredAndLimited()
    {
        var workflow = Script.Workflow<int, int>("waits", (context, _) => context.WaitForEventAsync<int>("go"));
        await using var engine = await StartEngineAsync(Script.Catalog);
        foreach (var id in (string[])["a", "b", "c"])
            await engine.Client.StartAsync(workflow, id, 0, Cancel);
        await engine.Client.RaiseAsync("b", "go", 1, Cancel);
        await EndAsync(engine, "b");
        Assert.Equal(["c", "b", "a"], (await engine.Client.ListAsync(null, 10, Cancel)).Select(one => one.InstanceId));
        Assert.Equal(["c", "a"], (await engine.Client.ListAsync(WorkflowStatus.Running, 10, Cancel)).Select(one => one.InstanceId));
        Assert.Equal(["c"], (await engine.Client.ListAsync(null, 1, Cancel)).Select(one => one.InstanceId));
    }

    [Fact]
    public async Task Wait_InstanceGoesOn_GivesNothingInTime()
    {
        var workflow = Script.Workflow<int, int>("waits", (context, _) => context.WaitForEventAsync<int>("never"));
        await using var engine = await StartEngineAsync(Script.Catalog);
        await engine.Client.StartAsync(workflow, "one", 0, Cancel);
        Assert.Null(await engine.Client.WaitAsync("one", TimeSpan.FromMilliseconds(30), Cancel));
        Assert.Null(await engine.Client.WaitAsync("unknown", TimeSpan.Zero, Cancel));
    }

    [Fact]
    public async Task Version_NewRun_TakesTheNewestForAllItsLife()
    {
        Script.Catalog.Change("split", 2).Change("other", 1);
        var step = Script.Activity<int, int>("step", x => x + 1);
        var workflow = Script.Workflow<int, int[]>("changed", async (context, _) =>
        {
            var before = context.GetVersion("split", 2);
            await context.CallAsync(step, 1);
            await context.CallAsync(step, 2);
            return [before, context.GetVersion("split", 2), context.GetVersion("other", 1)];
        });
        AssertOutput("[2,2,1]", await RunAsync(workflow, 0));
    }
}
