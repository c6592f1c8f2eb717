using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Storage;

/// <summary>
/// Where instances are kept. Every call that changes something is one transaction, on the disk when its task completes. Each may fail with a
/// <see cref="ServerlessException"/>: <c>storage_full</c> (disk full), <c>unavailable</c> (busy, read-only, I/O error), <c>internal</c> (damaged);
/// nothing has changed then. Reads are synchronous: they take microseconds.
/// </summary>
internal interface IWorkflowStore : IAsyncDisposable
{
    /// <summary>Adds an instance, if its id is new.</summary>
    /// <returns>Its key; null when one with that id is there.</returns>
    Task<long?> StartAsync(NewInstance instance, CancellationToken cancel);

    /// <summary>Puts an event into an instance's inbox.</summary>
    /// <returns>The key of the running instance that got it; null when it was dropped or waits for its instance.</returns>
    Task<long?> RaiseAsync(string instanceId, EventCame came, int maxUntaken, CancellationToken cancel);

    /// <summary>Ends an instance and those that it started.</summary>
    Task<EndOutcome> TerminateAsync(string instanceId, string reason, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Forgets an instance that has ended.</summary>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancel);

    /// <summary>Forgets instances that ended before a time, the oldest first.</summary>
    Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel);

    WorkflowState? Find(string instanceId);

    /// <summary>Newest first.</summary>
    IReadOnlyList<WorkflowState> List(WorkflowStatus? status, int limit);

    /// <summary>
    /// Makes a worker the one that may advance instances; the turns of every other one are refused from now on. When the one before did not give its lease back,
    /// the activities that may have run with it are counted as started once.
    /// </summary>
    /// <returns>The epoch that its turns have to carry.</returns>
    Task<long> TakeLeaseAsync(string owner, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Says that nothing runs under a lease any more. Nothing changes when another worker has taken it.</summary>
    Task GiveLeaseBackAsync(long epoch, CancellationToken cancel);

    /// <summary>Running instances that have not run yet, or have something in their inbox.</summary>
    IReadOnlyList<long> Ready();

    /// <summary>A running instance; null when it has ended or is gone.</summary>
    InstanceRow? Load(long key);

    IReadOnlyList<HistoryEvent> History(long key);

    /// <summary>What has arrived, in order.</summary>
    IReadOnlyList<InboxLine> Inbox(string instanceId, int limit);

    /// <summary>Timers and activities that are due after a time, up to another.</summary>
    IReadOnlyList<DueItem> Due(DateTimeOffset after, DateTimeOffset upTo);

    /// <summary>When the next timer or activity after a time is due.</summary>
    DateTimeOffset? NextDue(DateTimeOffset after);

    /// <summary>An activity that is to be run; null when its outcome is not wanted any more.</summary>
    ActivityTask? Activity(long key, long call);

    /// <summary>Counts a start of an activity's attempt, before it runs: if it ends its process, it will have been counted.</summary>
    Task CountStartAsync(long key, long call, int attempt, CancellationToken cancel);

    /// <summary>Notes why a running instance cannot be run; its history is left as it is.</summary>
    Task ParkAsync(long epoch, long key, WorkflowFailure why, CancellationToken cancel);

    /// <summary>Stores a turn.</summary>
    /// <exception cref="LeaseLostException">Another worker has taken the lease.</exception>
    Task<TurnOutcome> CommitAsync(TurnCommit commit, CancellationToken cancel);

    /// <summary>Drops events whose instance was not started within their time.</summary>
    Task ForgetEventsAsync(DateTimeOffset before, CancellationToken cancel);

    /// <summary>Changes whenever another process has written.</summary>
    long ForeignVersion();

    /// <summary>Writes and flushes one transaction.</summary>
    Task CheckWritableAsync(CancellationToken cancel);
}
