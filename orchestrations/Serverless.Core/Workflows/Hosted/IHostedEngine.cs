namespace Serverless.Core.Workflows.Hosted;

/// <summary>What an engine that somebody else hosts offers to its clients. All JSON is text here; <see cref="HostedWorkflowClient"/> makes <see cref="IWorkflowClient"/> of it.</summary>
public interface IHostedEngine
{
    /// <summary>Starts an instance; false when one with that id is known. The caller sees to it that nobody else does the same at the same time.</summary>
    Task<bool> ScheduleAsync(string function, string instanceId, string input, CancellationToken cancel);

    /// <summary>Puts a message into an instance's inbox. One for an instance that is not known or has ended is dropped.</summary>
    Task SendAsync(string instanceId, string message, CancellationToken cancel);

    /// <summary>What is known of an instance, or null.</summary>
    Task<HostedInstance?> FindAsync(string instanceId, CancellationToken cancel);

    /// <summary>Ends an instance where it stands. Nothing happens when it has ended or is not known.</summary>
    Task TerminateAsync(string instanceId, string reason, CancellationToken cancel);

    /// <summary>Forgets an instance that has ended; false when there was none.</summary>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancel);

    /// <summary>Instances in any order.</summary>
    /// <param name="hasEnded">Only those that have ended, or only those that have not; null: all.</param>
    /// <param name="from">Only those that were started at or after this.</param>
    /// <param name="to">Only those that were started before this.</param>
    /// <param name="cancel">Breaks off.</param>
    IAsyncEnumerable<HostedInstance> ListAsync(bool? hasEnded, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel);
}
