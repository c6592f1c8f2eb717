using System.Text.Json;
using Serverless.Core.Failures;

namespace Serverless.Core.Workflows.Hosted;

/// <summary>The context of a run on a hosted engine: retries, events, called workflows, versions and bounds made of the engine's plain calls.</summary>
internal sealed class HostedContext(IHostedTurn turn, WorkflowCatalog catalog, HostedLimits limits, HostedStart start) : IWorkflowContext
{
    private readonly CancellationTokenSource closing = new();
    private readonly HostedInbox inbox = new(start.Events);
    private readonly List<string> called = [];
    private string status = "null";
    private bool closed;

    public string InstanceId => turn.InstanceId;

    public DateTimeOffset UtcNow => turn.UtcNow;

    public bool IsReplaying => turn.IsReplaying;

    /// <summary>Calls made so far, those of earlier runs included.</summary>
    public long Calls { get; private set; } = start.Calls;

    /// <summary>The next run's input, once the code asked for one.</summary>
    public string? Next { get; private set; }

    public IReadOnlyList<HostedMessage> Untaken => inbox.Untaken;

    /// <summary>Deals out what comes, until the run ends. One wait at a time, which is never withdrawn: an engine may lose what comes to a withdrawn one.</summary>
    public async Task DealAsync()
    {
        while (!closed)
        {
            if (HostedJson.TryRead(await turn.NextMessageAsync(), HostedJson.Default.HostedMessage) is { Name: not null } message)
                inbox.Arrive(message);
        }
    }

    /// <summary>Withdraws what is under way: an engine may wait for open timers before it ends a run.</summary>
    public void Close()
    {
        closed = true;
        closing.Cancel(); // not CancelAsync: its callbacks would run outside the turn
    }

    public Task<TOut> CallAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, RetryPolicy? retry = null)
    {
        var json = PayloadLimit.Within(catalog.Write(input), limits.PayloadBytes, "input", activity.Name);
        retry?.Check(activity.Name);
        return closed ? Never<TOut>() : TryAsync<TOut>(activity.Name, new HostedCall(InstanceId, ++Calls, 1) { Input = json }, retry);
    }

    public Task<TOut> CallWorkflowAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input)
    {
        InstanceIds.Check(instanceId);
        if (instanceId == InstanceId)
            throw Fail.Invalid("instanceId", $"The instance '{instanceId}' called itself and would wait for ever.", "Give the called workflow an id of its own.");
        if (called.Count >= limits.CalledAtOnce)
            throw Fail.Invalid("instanceId", $"The instance '{InstanceId}' waits for {called.Count} workflows at once; the limit is {limits.CalledAtOnce}.", "Wait for some of them before you call more.");
        var json = PayloadLimit.Within(catalog.Write(input), limits.PayloadBytes, "input", workflow.Name);
        Calls++;
        return closed ? Never<TOut>() : FollowAsync<TOut>(new HostedLook(InstanceId, workflow.Name, instanceId) { Input = json });
    }

    public Task TimerAsync(DateTimeOffset due, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled(cancel);
        Calls++;
        if (closed)
            return Never<Nothing>();
        return due <= UtcNow ? Task.CompletedTask : WaitUntilAsync(due, cancel);
    }

    public Task<T> WaitForEventAsync<T>(string name, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<T>(cancel);
        Calls++;
        var wait = new TaskCompletionSource<T>();
        if (inbox.Take(name) is { } came)
        {
            Give(wait, came.Payload);
            return wait.Task;
        }

        var withdraw = inbox.Wait(name, json => Give(wait, json));
        cancel.Register(() =>
        {
            withdraw();
            wait.TrySetCanceled(cancel);
        });
        return wait.Task;
    }

    public void ContinueAsNew<TIn>(TIn input) => Next = PayloadLimit.Within(catalog.Write(input), limits.PayloadBytes, "next input", InstanceId);

    public void SetStatus<T>(T status)
    {
        this.status = PayloadLimit.Within(catalog.Write(status), limits.StatusBytes, "status", InstanceId);
        Show();
    }

    public int GetVersion(string change, int newest)
    {
        if (!catalog.Changes.ContainsKey(change))
            throw new ServerlessException("undeclared_change", $"The change '{change}' is not declared in the catalogue.", $"Add '.Change(\"{change}\", {newest})' where the catalogue is made.");
        return start.Changes.GetValueOrDefault(change);
    }

    private async Task<TOut> TryAsync<TOut>(string name, HostedCall call, RetryPolicy? retry)
    {
        if (!catalog.Activities.ContainsKey(name))
            throw new ActivityFailedException(name, WorkflowFailures.Of(HostedFailures.UnknownActivity(name)));
        while (true)
        {
            var answer = await AskAsync(FunctionNames.Of(name), JsonSerializer.Serialize(call, HostedJson.Default.HostedCall));
            if (answer.Failure is not { } failure)
                return catalog.Read<TOut>(answer.Output);
            if (!failure.Retryable || retry is null || call.Attempt >= retry.MaxAttempts)
                throw new ActivityFailedException(name, failure);
            var due = UtcNow + retry.DelayAfter(call.Attempt);
            if (due > UtcNow)
                await WaitUntilAsync(due, CancellationToken.None);
            call = call with { Attempt = call.Attempt + 1 };
        }
    }

    /// <summary>Starts a workflow unless it is known, and looks until it has ended: as soon as it tells, and now and then in case that it cannot.</summary>
    private async Task<TOut> FollowAsync<TOut>(HostedLook look)
    {
        called.Add(look.InstanceId);
        Show();
        var told = new TaskCompletionSource();
        inbox.WaitForEnd(look.InstanceId, told.SetResult);
        try
        {
            for (var pause = limits.FirstLook; ; pause = pause * 2 < limits.LongestLook ? pause * 2 : limits.LongestLook)
            {
                var answer = await AskAsync(FunctionNames.Look, JsonSerializer.Serialize(look, HostedJson.Default.HostedLook));
                if (answer.Failure is { Retryable: false } failure)
                    throw new ActivityFailedException(look.Workflow, failure);
                if (answer is { Failure: null, Runs: false })
                    return catalog.Read<TOut>(answer.Output);
                await PauseAsync(told.Task, pause);
                if (told.Task.IsCompleted)
                    inbox.WaitForEnd(look.InstanceId, (told = new TaskCompletionSource()).SetResult);
            }
        }
        finally
        {
            called.Remove(look.InstanceId);
            Show();
        }
    }

    private async Task PauseAsync(Task told, TimeSpan pause)
    {
        using var withdraw = new CancellationTokenSource();
        var timer = WaitUntilAsync(UtcNow + pause, withdraw.Token);
        await Task.WhenAny(told, timer);
        withdraw.Cancel();
    }

    private async Task<HostedAnswer> AskAsync(string function, string input)
    {
        try
        {
            return HostedJson.Read(await turn.CallAsync(function, input), HostedJson.Default.HostedAnswer);
        }
        catch (HostedCallException error)
        {
            return new HostedAnswer { Failure = error.Failure };
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, closing.Token);
        await turn.TimerAsync(due, either.Token);
    }

    private void Show()
    {
        if (!closed)
            turn.SetStatus(JsonSerializer.Serialize(new HostedStatus { Status = status, Called = [.. called] }, HostedJson.Default.HostedStatus));
    }

    private void Give<T>(TaskCompletionSource<T> wait, string json)
    {
        T value;
        try
        {
            value = catalog.Read<T>(json);
        }
        catch (JsonException error)
        {
            wait.TrySetException(error);
            return;
        }

        wait.TrySetResult(value);
    }

    /// <summary>What code gets that goes on beside a run that has ended: it starts nothing any more.</summary>
    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
