using System.Collections.Concurrent;
using Serverless.Core.Workflows;

namespace Serverless.Functions.Tests.Api;

/// <summary>Takes note of what is started and raised; runs nothing.</summary>
public sealed class RecordedWorkflows : IWorkflowClient
{
    public ConcurrentQueue<string> Started { get; } = [];

    public ConcurrentQueue<(string Instance, string Event)> Raised { get; } = [];

    public Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, CancellationToken cancel)
    {
        var first = !Started.Contains(instanceId);
        if (first)
            Started.Enqueue(instanceId);
        return Task.FromResult(first);
    }

    public Task RaiseAsync<T>(string instanceId, string name, T payload, CancellationToken cancel)
    {
        Raised.Enqueue((instanceId, name));
        return Task.CompletedTask;
    }

    public Task<WorkflowState?> FindAsync(string instanceId, CancellationToken cancel) => Task.FromResult<WorkflowState?>(null);

    public Task<WorkflowState?> WaitAsync(string instanceId, TimeSpan wait, CancellationToken cancel) => Task.FromResult<WorkflowState?>(null);

    public Task<bool> TerminateAsync(string instanceId, string reason, CancellationToken cancel) => Task.FromResult(false);

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) => Task.FromResult(false);

    public Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel) => Task.FromResult(0);

    public Task<IReadOnlyList<WorkflowState>> ListAsync(WorkflowStatus? status, int limit, CancellationToken cancel) => Task.FromResult<IReadOnlyList<WorkflowState>>([]);
}
