using System.Runtime.CompilerServices;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Orchestrations.Tests.Hosted;

/// <summary>An engine that notes what it is asked and runs nothing.</summary>
internal sealed class PaperHub : IHostedEngine
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, HostedInstance> known = [];

    public List<(string InstanceId, string Input)> Scheduled { get; } = [];

    public List<(string InstanceId, string Message)> Sent { get; } = [];

    /// <summary>What a start fails with.</summary>
    public Exception? Fails { get; set; }

    /// <summary>How many looks find nothing, as of one that looked too early.</summary>
    public int FindsNothing { get; set; }

    public void Know(string instanceId) => known[instanceId] = new HostedInstance(instanceId, "waits", WorkflowStatus.Running, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    public async Task<bool> ScheduleAsync(string function, string instanceId, string input, CancellationToken cancel)
    {
        await Task.Yield();
        if (Fails is not null)
            throw Fails;
        lock (gate)
        {
            Scheduled.Add((instanceId, input));
            Know(instanceId);
        }

        return true;
    }

    public Task SendAsync(string instanceId, string message, CancellationToken cancel)
    {
        Sent.Add((instanceId, message));
        return Task.CompletedTask;
    }

    public Task<HostedInstance?> FindAsync(string instanceId, CancellationToken cancel)
    {
        lock (gate)
            return Task.FromResult(FindsNothing-- > 0 ? null : known.GetValueOrDefault(instanceId));
    }

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancel) => Task.CompletedTask;

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) => Task.FromResult(known.Remove(instanceId));

    public async IAsyncEnumerable<HostedInstance> ListAsync(bool? hasEnded, DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var one in known.Values)
            yield return one;
    }
}
