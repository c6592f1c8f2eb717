namespace Serverless.Core.Workflows.Hosted;

/// <summary>
/// What an engine that somebody else hosts gives to the code of a run, in its simplest form: one kind of call, one inbox, timers. All JSON is text here. The rest of
/// <see cref="IWorkflowContext"/> is made of it by <see cref="HostedRunner"/>, so that an adapter only translates.
/// </summary>
public interface IHostedTurn
{
    /// <summary>The instance's id.</summary>
    string InstanceId { get; }

    /// <summary>The time of the turn that is replayed.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Whether what runs now has run before.</summary>
    bool IsReplaying { get; }

    /// <summary>Runs an activity function once and gives its result.</summary>
    /// <param name="function">Its name, by <see cref="FunctionNames"/>.</param>
    /// <param name="input">A <see cref="HostedCall"/> or <see cref="HostedLook"/> as JSON.</param>
    /// <exception cref="HostedCallException">The engine itself could not run it, or its result was lost.</exception>
    Task<string> CallAsync(string function, string input);

    /// <summary>Completes at a time, or is cancelled.</summary>
    Task TimerAsync(DateTimeOffset due, CancellationToken cancel);

    /// <summary>The next message of the instance's inbox, in the order in which they came. Asked for again only after the last one came, and never withdrawn.</summary>
    Task<string> NextMessageAsync();

    /// <summary>Sends a message to another instance, with the end of the turn. One to an instance that has ended is dropped.</summary>
    void Send(string instanceId, string message);

    /// <summary>Shows a status from outside.</summary>
    void SetStatus(string json);

    /// <summary>Starts the next run under the same id; called at most once, last. Messages that were not asked for stay in the inbox.</summary>
    void ContinueAsNew(string input);
}
