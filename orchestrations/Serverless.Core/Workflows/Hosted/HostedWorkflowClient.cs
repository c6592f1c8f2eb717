using System.Text.Json;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Workflows.Hosted;

/// <summary>The client of workflows on an engine that somebody else hosts.</summary>
/// <param name="engine">The engine.</param>
/// <param name="starts">Starts instances once.</param>
/// <param name="catalog">What can be started.</param>
/// <param name="limits">The bounds.</param>
/// <param name="clock">The clock of waits.</param>
public sealed class HostedWorkflowClient(IHostedEngine engine, HostedStarts starts, WorkflowCatalog catalog, HostedLimits limits, TimeProvider clock) : IWorkflowClient
{
    private const int MaxList = 1_000;
    private const int MaxNameLength = 256;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // A listing begins with what is young: most that is asked for is there, and an engine with years of instances is not read through.
    private static readonly TimeSpan[] Windows = [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(30)];

    private readonly IReadOnlyDictionary<string, string> workflows = FunctionNames.For(catalog).Workflows;

    /// <inheritdoc/>
    public Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, CancellationToken cancel)
    {
        InstanceIds.Check(instanceId);
        return starts.StartAsync(workflow.Name, instanceId, PayloadLimit.Within(catalog.Write(input), limits.PayloadBytes, "input", workflow.Name), null, cancel);
    }

    /// <inheritdoc/>
    public async Task RaiseAsync<T>(string instanceId, string name, T payload, CancellationToken cancel)
    {
        InstanceIds.Check(instanceId);
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength)
            throw Fail.Invalid("name", $"The event's name {Shown.Quote(name ?? "")} is empty or longer than {MaxNameLength} characters.", "Give the name that the workflow waits for.");
        var message = new HostedMessage(name) { Payload = PayloadLimit.Within(catalog.Write(payload), limits.PayloadBytes, "event", name) };
        var found = await engine.FindAsync(instanceId, cancel);
        if (found is null)
            await starts.KeepAsync(instanceId, message, cancel);
        else if (found.Status == WorkflowStatus.Running)
            await engine.SendAsync(instanceId, JsonSerializer.Serialize(message, HostedJson.Default.HostedMessage), cancel);
    }

    /// <inheritdoc/>
    public async Task<WorkflowState?> FindAsync(string instanceId, CancellationToken cancel) =>
        await engine.FindAsync(instanceId, cancel) is { } found ? HostedStates.Of(found, workflows) : null;

    /// <inheritdoc/>
    public async Task<WorkflowState?> WaitAsync(string instanceId, TimeSpan wait, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await FindAsync(instanceId, cancel) is { Status: not WorkflowStatus.Running } ended)
                return ended;
            var left = wait - clock.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
                return null;
            await Task.Delay(left < pause ? left : pause, clock, cancel);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TerminateAsync(string instanceId, string reason, CancellationToken cancel)
    {
        if (await engine.FindAsync(instanceId, cancel) is not { Status: WorkflowStatus.Running } found)
            return false;
        await engine.TerminateAsync(instanceId, reason, cancel);
        foreach (var called in HostedJson.TryRead(found.CustomStatus, HostedJson.Default.HostedStatus)?.Called ?? [])
            await TerminateAsync(called, $"'{instanceId}', which called it, was terminated: {reason}", cancel);
        return true;
    }

    /// <inheritdoc/>
    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) =>
        await engine.FindAsync(instanceId, cancel) is { Status: not WorkflowStatus.Running } && await engine.PurgeAsync(instanceId, cancel);

    /// <inheritdoc/>
    public async Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel)
    {
        CheckLimit(limit);
        var old = await OldestFirstAsync(before, limit, cancel);
        var purged = 0;
        foreach (var instance in old)
            purged += await engine.PurgeAsync(instance, cancel) ? 1 : 0;
        return purged;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WorkflowState>> ListAsync(WorkflowStatus? status, int limit, CancellationToken cancel)
    {
        CheckLimit(limit);
        bool? hasEnded = status is null ? null : status != WorkflowStatus.Running;
        var newest = new PriorityQueue<WorkflowState, DateTimeOffset>();
        DateTimeOffset? to = null;
        foreach (var window in Windows.Select(length => (DateTimeOffset?)(clock.GetUtcNow() - length)).Append(null))
        {
            await foreach (var one in Bounded(engine.ListAsync(hasEnded, window, to, cancel)))
            {
                if (status is null || one.Status == status)
                    Keep(newest, HostedStates.Of(one, workflows), limit);
            }

            if (newest.Count == limit)
                break;
            to = window;
        }

        return [.. newest.UnorderedItems.Select(item => item.Element).OrderByDescending(state => state.CreatedAt)];
    }

    private static void Keep(PriorityQueue<WorkflowState, DateTimeOffset> newest, WorkflowState state, int limit)
    {
        newest.Enqueue(state, state.CreatedAt);
        if (newest.Count > limit)
            newest.Dequeue();
    }

    private async Task<IReadOnlyList<string>> OldestFirstAsync(DateTimeOffset before, int limit, CancellationToken cancel)
    {
        var oldest = new PriorityQueue<string, long>();
        await foreach (var one in Bounded(engine.ListAsync(true, null, before, cancel)))
        {
            if (one.Status == WorkflowStatus.Running || one.UpdatedAt >= before)
                continue;
            oldest.Enqueue(one.InstanceId, -one.UpdatedAt.UtcTicks);
            if (oldest.Count > limit)
                oldest.Dequeue();
        }

        return [.. oldest.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
    }

    private async IAsyncEnumerable<HostedInstance> Bounded(IAsyncEnumerable<HostedInstance> all)
    {
        var read = 0;
        await foreach (var one in all)
        {
            if (++read > limits.Listed)
                yield break;
            yield return one;
        }
    }

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > MaxList)
            throw Fail.Invalid("limit", $"The limit is {limit}; it may be 1 to {MaxList:N0}.", "Ask for fewer, again and again.");
    }
}
