using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Replay;

/// <summary>The context that the code sees, and the calls that it waits for.</summary>
internal sealed class MachineContext(string instanceId, WorkflowCatalog catalog, MachineLimits limits, CommandLog log, TurnQueue queue) : IWorkflowContext
{
    private readonly Dictionary<long, PendingCall> pending = [];
    private readonly Dictionary<string, int> versions = new(StringComparer.Ordinal);
    private List<TurnAction> actions = [];
    private string? status;

    public string InstanceId => instanceId;

    public DateTimeOffset UtcNow => Now;

    public bool IsReplaying => log.IsReplaying;

    public DateTimeOffset Now { get; set; }

    public EventBuffer Events { get; } = new();

    /// <summary>Calls made so far, those of earlier runs included.</summary>
    public long Calls { get; private set; }

    public int PendingCount => pending.Count;

    /// <summary>The next run's input, once the code asked for one.</summary>
    public string? Next { get; private set; }

    /// <summary>Why the code may not go on, whatever it does with the exception that it got.</summary>
    public Exception? Broken { get; private set; }

    public void Begin(Started started)
    {
        Now = started.At;
        Calls = started.Calls;
    }

    public Task<TOut> CallAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, RetryPolicy? retry = null)
    {
        var json = PayloadLimit.Within(catalog.Write(input), limits.PayloadBytes, "input", activity.Name);
        retry?.Check(activity.Name);
        var called = Record(new ActivityCalled { Call = ++Calls, Name = activity.Name, Input = json, Retry = retry });
        var call = Await(new PendingCall<TOut>(Calls, $"activity '{activity.Name}'", catalog.Read<TOut>)
        {
            Name = called.Name,
            Input = called.Input,
            Retry = called.Retry,
        });
        actions.Add(new TurnAction.RunActivity(call.Call, 1, called.Name, called.Input, Now));
        return call.Task;
    }

    public Task<TOut> CallWorkflowAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input)
    {
        InstanceIds.Check(instanceId);
        if (instanceId == InstanceId)
            throw Fail.Invalid("instanceId", $"The instance '{instanceId}' called itself and would wait for ever.", "Give the called workflow an id of its own.");
        var json = PayloadLimit.Within(catalog.Write(input), limits.PayloadBytes, "input", workflow.Name);
        var called = Record(new WorkflowCalled { Call = ++Calls, Name = workflow.Name, InstanceId = instanceId, Input = json });
        var call = Await(new PendingCall<TOut>(Calls, $"workflow '{workflow.Name}'", catalog.Read<TOut>) { Name = workflow.Name });
        actions.Add(new TurnAction.StartWorkflow(call.Call, called.Name, called.InstanceId, called.Input));
        return call.Task;
    }

    public Task TimerAsync(DateTimeOffset due, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled(cancel);
        var set = Record(new TimerSet { Call = ++Calls, Due = due.ToUniversalTime() });
        if (set.Due <= Now)
            return Task.CompletedTask;
        var call = Await(new PendingCall<Nothing>(Calls, "timer", static _ => Nothing.Value));
        actions.Add(new TurnAction.SetTimer(call.Call, set.Due));
        cancel.Register(() => Withdraw(call, cancel));
        return call.Task;
    }

    public Task<T> WaitForEventAsync<T>(string name, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<T>(cancel);
        Record(new EventAwaited { Call = ++Calls, Name = name });
        var call = new PendingCall<T>(Calls, $"event '{name}'", catalog.Read<T>) { Name = name };
        if (Events.Take(name) is { } came)
        {
            call.Complete(came.Payload);
            return call.Task;
        }

        Await(call);
        Events.Wait(call);
        cancel.Register(() => Withdraw(call, cancel));
        return call.Task;
    }

    public void ContinueAsNew<TIn>(TIn input) => Next = PayloadLimit.Within(catalog.Write(input), limits.PayloadBytes, "next input", instanceId);

    public void SetStatus<T>(T status) => this.status = PayloadLimit.Within(catalog.Write(status), limits.StatusBytes, "status", instanceId);

    public int GetVersion(string change, int newest)
    {
        if (!versions.TryGetValue(change, out var version))
            versions[change] = version = Guarded(() => log.Version(change, newest));
        return version;
    }

    /// <summary>Whether somebody waits for it. What nobody waits for (a call withdrawn, a result that comes twice) leaves no trace.</summary>
    public bool Expects(ArrivedEvent arrived) => arrived switch
    {
        EventCame => true,
        ActivityCompleted e => IsActivity(e.Call),
        ActivityFailed e => IsActivity(e.Call) && pending[e.Call].Attempt == e.Attempt,
        TimerFired e => pending.ContainsKey(e.Call),
        WorkflowCompleted e => pending.ContainsKey(e.Call),
        WorkflowFailed e => pending.ContainsKey(e.Call),
        _ => false,
    };

    public void Accept(ArrivedEvent arrived)
    {
        switch (arrived)
        {
            case EventCame e:
                Accept(e);
                break;
            case ActivityCompleted e:
                actions.Add(new TurnAction.DropActivity(e.Call));
                Take(e.Call).Complete(e.Output);
                break;
            case ActivityFailed e:
                Accept(e);
                break;
            case TimerFired e:
                actions.Add(new TurnAction.DropTimer(e.Call));
                Take(e.Call).Complete("null");
                break;
            case WorkflowCompleted e:
                Take(e.Call).Complete(e.Output);
                break;
            case WorkflowFailed e:
                var call = Take(e.Call);
                call.Fail(new ActivityFailedException(call.Name!, e.Failure));
                break;
        }
    }

    public IReadOnlyList<TurnAction> TakeActions()
    {
        var taken = actions;
        actions = [];
        return taken;
    }

    public string? TakeStatus()
    {
        var taken = status;
        status = null;
        return taken;
    }

    private void Accept(EventCame came)
    {
        if (Events.TakeWait(came.Name) is { } wait)
            Take(wait.Call).Complete(came.Payload);
        else
            Events.Keep(came);
    }

    private void Accept(ActivityFailed failed)
    {
        var call = pending[failed.Call];
        if (failed.Failure.Retryable && call.Retry is { } retry && failed.Attempt < retry.MaxAttempts)
        {
            call.Attempt++;
            actions.Add(new TurnAction.RunActivity(call.Call, call.Attempt, call.Name!, call.Input, Now + retry.DelayAfter(failed.Attempt)));
            return;
        }

        actions.Add(new TurnAction.DropActivity(failed.Call));
        Take(failed.Call).Fail(new ActivityFailedException(call.Name!, failed.Failure));
    }

    private bool IsActivity(long call) => pending.TryGetValue(call, out var found) && found.Name is not null;

    private PendingCall Take(long call)
    {
        pending.Remove(call, out var found);
        return found!;
    }

    private T Await<T>(T call)
        where T : PendingCall
    {
        pending.Add(call.Call, call);
        return call;
    }

    private void Withdraw(PendingCall call, CancellationToken token)
    {
        if (!queue.IsOnTurn)
        {
            queue.MarkForeign(); // a token that is cancelled by a clock or thread of its own; throwing would end the process
            return;
        }

        if (!pending.ContainsKey(call.Call))
            return;
        Record(new Withdrawn { Call = call.Call });
        pending.Remove(call.Call);
        if (call.Name is null)
            actions.Add(new TurnAction.DropTimer(call.Call));
        else
            Events.Withdraw(call);
        queue.Settle(() => call.Cancel(token));
    }

    private T Record<T>(T command)
        where T : CommandEvent => Guarded(() => log.Record(command));

    /// <summary>Remembers why the code may not go on: it may catch the exception, and still has to end.</summary>
    private T Guarded<T>(Func<T> record)
    {
        if (Broken is not null)
            throw Broken;
        if (!queue.IsOnTurn)
        {
            queue.MarkForeign();
            throw new InvalidOperationException($"The context of instance '{instanceId}' was used outside its workflow's turn. Await only the context's own tasks.");
        }

        try
        {
            return record();
        }
        catch (ServerlessException error)
        {
            Broken = error;
            throw;
        }
    }
}
