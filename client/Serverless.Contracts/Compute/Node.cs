namespace Serverless.Contracts.Compute;

/// <summary>A machine (or, locally, a process) that runs jobs.</summary>
public sealed record Node
{
    /// <summary>The node's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its pool.</summary>
    public required string Pool { get; init; }

    /// <summary>Where it stands.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>The job that it runs.</summary>
    public string? JobId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its agent last spoke.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}
