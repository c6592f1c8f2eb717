namespace Serverless.Core.Workflows;

/// <summary>Where a workflow instance stands.</summary>
public enum WorkflowStatus
{
    /// <summary>Started, or waiting for something.</summary>
    Running,

    /// <summary>Ended with a result.</summary>
    Completed,

    /// <summary>Ended by a failure.</summary>
    Failed,

    /// <summary>Ended from outside.</summary>
    Terminated,
}
