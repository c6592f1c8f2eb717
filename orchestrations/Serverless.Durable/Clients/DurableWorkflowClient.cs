using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Options;
using Serverless.Durable.Storage;
using Serverless.Durable.Working;

namespace Serverless.Durable.Clients;

/// <summary>The client of the embedded engine. What it promises is on the disk when its task completes.</summary>
internal sealed class DurableWorkflowClient(IWorkflowStore store, WorkflowCatalog catalog, DurableOptions options, TimeProvider time, EngineSignals signals)
    : IWorkflowClient
{
    private const int MaxList = 1_000;
    private const int MaxNameLength = 256;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(365);

    public async Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, CancellationToken cancel)
    {
        InstanceIds.Check(instanceId);
        if (!catalog.Workflows.ContainsKey(workflow.Name))
            throw Fail.NotFound("workflow", workflow.Name, $"Known are: {string.Join(", ", catalog.Workflows.Keys.Order(StringComparer.Ordinal))}.");
        var json = PayloadLimit.Within(catalog.Write(input), options.MaxPayloadBytes, "input", workflow.Name);
        var now = time.GetUtcNow();
        var key = await store.StartAsync(new NewInstance(instanceId, workflow.Name, json, now, now - options.EarlyEvents), cancel);
        signals.Wake(key);
        return key is not null;
    }

    public async Task RaiseAsync<T>(string instanceId, string name, T payload, CancellationToken cancel)
    {
        InstanceIds.Check(instanceId);
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength)
            throw Fail.Invalid("name", $"The event's name {Shown.Quote(name ?? "")} is empty or longer than {MaxNameLength} characters.", "Give the name that the workflow waits for.");
        var json = PayloadLimit.Within(catalog.Write(payload), options.MaxPayloadBytes, "event", name);
        signals.Wake(await store.RaiseAsync(instanceId, new EventCame { At = time.GetUtcNow(), Name = name, Payload = json }, options.MaxUntakenEvents, cancel));
    }

    public Task<WorkflowState?> FindAsync(string instanceId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(store.Find(instanceId));
    }

    public async Task<WorkflowState?> WaitAsync(string instanceId, TimeSpan wait, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + (wait < LongestWait ? wait : LongestWait);
        try
        {
            while (true)
            {
                var told = signals.EndOf(instanceId);
                if (store.Find(instanceId) is { Status: not WorkflowStatus.Running } ended)
                    return ended;
                var left = until - time.GetUtcNow();
                if (left <= TimeSpan.Zero)
                    return null;
                await WaitAsync(told, left < options.Sweep ? left : options.Sweep, cancel);
            }
        }
        finally
        {
            signals.Forget(instanceId);
        }
    }

    public async Task<bool> TerminateAsync(string instanceId, string reason, CancellationToken cancel)
    {
        var outcome = await store.TerminateAsync(instanceId, reason, time.GetUtcNow(), cancel);
        foreach (var ended in outcome.Ended)
            signals.Ended(ended);
        foreach (var key in outcome.Woken)
            signals.Wake(key);
        return outcome.Ended.Count > 0;
    }

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) => store.PurgeAsync(instanceId, cancel);

    public Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel)
    {
        CheckLimit(limit);
        return store.PurgeEndedAsync(before, limit, cancel);
    }

    public Task<IReadOnlyList<WorkflowState>> ListAsync(WorkflowStatus? status, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        CheckLimit(limit);
        return Task.FromResult(store.List(status, limit));
    }

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > MaxList)
            throw Fail.Invalid("limit", $"The limit is {limit}; it may be 1 to {MaxList:N0}.", "Ask for fewer, again and again.");
    }

    /// <summary>Waits for the end to be told, at most until the next look: the worker may be in another process.</summary>
    private async Task WaitAsync(Task told, TimeSpan atMost, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        await told.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }
}
