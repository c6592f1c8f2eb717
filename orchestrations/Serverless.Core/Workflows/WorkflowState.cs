namespace Serverless.Core.Workflows;

/// <summary>What is known of a workflow instance.</summary>
public sealed record WorkflowState
{
    /// <summary>Its id.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>Where it stands.</summary>
    public required WorkflowStatus Status { get; init; }

    /// <summary>What it last set as its status, as JSON.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Its input, as JSON.</summary>
    public string? Input { get; init; }

    /// <summary>Its result, as JSON, once it completed.</summary>
    public string? Output { get; init; }

    /// <summary>Why it failed or was terminated. Of one that runs: why its history cannot be run on now (damaged, of a newer format); it is tried again when the host starts.</summary>
    public WorkflowFailure? Failure { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
