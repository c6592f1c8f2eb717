namespace Serverless.Core.Workflows.Hosted;

/// <summary>An instance as its engine tells of it.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="Function">The function that runs it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CreatedAt">When its present run was started.</param>
/// <param name="UpdatedAt">When its state last changed.</param>
public sealed record HostedInstance(string InstanceId, string Function, WorkflowStatus Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The input of its present run as JSON.</summary>
    public string? Input { get; init; }

    /// <summary>Its output as JSON; of a terminated one the reason.</summary>
    public string? Output { get; init; }

    /// <summary>What it last showed, as JSON.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>The type of the exception that ended it.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The message of the exception that ended it.</summary>
    public string? ErrorMessage { get; init; }
}
