namespace Serverless.Core.Workflows;

/// <summary>Starts and looks after workflows from outside.</summary>
public interface IWorkflowClient
{
    /// <summary>Starts an instance. False when one with that id runs or has ended: nothing happens then.</summary>
    Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, CancellationToken cancel);

    /// <summary>Sends an event. One for an instance that has not started yet is kept for it (at most one day); one for an instance that has ended is dropped.</summary>
    Task RaiseAsync<T>(string instanceId, string name, T payload, CancellationToken cancel);

    /// <summary>What is known of an instance, or null.</summary>
    Task<WorkflowState?> FindAsync(string instanceId, CancellationToken cancel);

    /// <summary>Waits until an instance has ended; null when the wait ran out first.</summary>
    Task<WorkflowState?> WaitAsync(string instanceId, TimeSpan wait, CancellationToken cancel);

    /// <summary>Ends an instance, and those it called, where they stand. Activities under way run to their end; their results are dropped. False when it has ended or is not known.</summary>
    Task<bool> TerminateAsync(string instanceId, string reason, CancellationToken cancel);

    /// <summary>Forgets an instance that has ended. False when it runs or is not known.</summary>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancel);

    /// <summary>Forgets instances that ended before a time, the oldest first.</summary>
    /// <param name="before">Their last change was before this.</param>
    /// <param name="limit">Most, 1 to 1,000: it keeps what others wait for short.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>How many were forgotten; fewer than the limit: all.</returns>
    Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel);

    /// <summary>Instances, newest first.</summary>
    /// <param name="status">Only these; null: all.</param>
    /// <param name="limit">Most, 1 to 1,000.</param>
    /// <param name="cancel">Breaks off.</param>
    Task<IReadOnlyList<WorkflowState>> ListAsync(WorkflowStatus? status, int limit, CancellationToken cancel);
}
