namespace Serverless.Core.Workflows;

/// <summary>
/// What a workflow may do. A workflow is run again from its beginning whenever something happened (replay): the same calls in the same order,
/// answered from its history. So it awaits nothing but this context's tasks (and Task.WhenAny, Task.WhenAll over them), asks no clock, makes no ids,
/// does no I/O. Calls that differ from the history are detected and end the workflow with a <see cref="NondeterminismException"/> that names both.
/// </summary>
public interface IWorkflowContext
{
    /// <summary>The instance's id.</summary>
    string InstanceId { get; }

    /// <summary>The time of the turn that is replayed; the same on every replay.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Whether what runs now has run before. For logs only.</summary>
    bool IsReplaying { get; }

    /// <summary>Runs an activity at least once and gives its result, recorded exactly once.</summary>
    /// <param name="activity">Which.</param>
    /// <param name="input">Its input, written as JSON into the history.</param>
    /// <param name="retry">How often it is tried; null: once.</param>
    /// <exception cref="ActivityFailedException">It failed for good.</exception>
    Task<TOut> CallAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, RetryPolicy? retry = null);

    /// <summary>Starts another workflow and gives its result. One with that id that is known already is waited for, not started again.</summary>
    /// <exception cref="ActivityFailedException">It failed or was terminated.</exception>
    Task<TOut> CallWorkflowAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input);

    /// <summary>Completes at a time, also when the process was down then. A time in the past completes at once.</summary>
    /// <param name="due">When.</param>
    /// <param name="cancel">Withdraws the timer; the task is then cancelled.</param>
    Task TimerAsync(DateTimeOffset due, CancellationToken cancel = default);

    /// <summary>The next event of a name: one that came before is taken at once (also one that came before the workflow started), first come first served. Names are compared without regard to case.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="cancel">Withdraws the wait; the task is then cancelled and no event is lost.</param>
    Task<T> WaitForEventAsync<T>(string name, CancellationToken cancel = default);

    /// <summary>Ends this run and starts the workflow anew with another input and an empty history, under the same id. Events that were not taken stay.
    /// Calls under way are let go: activities and timers are dropped, called workflows run on by themselves; terminating this instance does not end them any more, and a call with the same id waits for them again. What was called in this very turn may or may not be started. To be followed by a return; the returned value is dropped.</summary>
    void ContinueAsNew<TIn>(TIn input);

    /// <summary>What a status query shows, as JSON of at most 16 KiB.</summary>
    void SetStatus<T>(T status);

    /// <summary>
    /// Which variant of a changed piece of code a run takes: <paramref name="newest"/> on a run that began with it, what it took before on a replay, 0 for a history that was written before this change was.
    /// A run that began before the change and reaches this first now takes either, by the engine, and the same for all its life. The change is declared by <see cref="WorkflowCatalog.Change"/>.
    /// </summary>
    /// <param name="change">Names the change; the same for ever.</param>
    /// <param name="newest">The newest variant, from 1.</param>
    int GetVersion(string change, int newest);
}
