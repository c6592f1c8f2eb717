using System.Collections.Concurrent;

namespace Serverless.Durable.Working;

/// <summary>How clients and the worker of one process tell each other at once what the store would say at the next sweep.</summary>
internal sealed class EngineSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> ends = new(StringComparer.Ordinal);

    /// <summary>Told when something was put into an instance's inbox.</summary>
    public Action<long>? Woken { get; set; }

    public void Wake(long? key)
    {
        if (key is { } woken)
            Woken?.Invoke(woken);
    }

    /// <summary>Completes when the instance's end is told.</summary>
    public Task EndOf(string instanceId) =>
        ends.GetOrAdd(instanceId, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Ended(string instanceId)
    {
        if (ends.TryRemove(instanceId, out var told))
            told.TrySetResult();
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget(string instanceId)
    {
        // Another waiter of the same instance is told to look again.
        Ended(instanceId);
    }
}
