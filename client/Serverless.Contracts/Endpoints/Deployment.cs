namespace Serverless.Contracts.Endpoints;

/// <summary>One change of an endpoint's traffic, under way or done.</summary>
public sealed record Deployment
{
    /// <summary>The deployment's id.</summary>
    public required string Id { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The model version, as <c>name@version</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeploymentStatus Status { get; init; }

    /// <summary>Why it failed: what, which value, what to do.</summary>
    public string? Message { get; init; }

    /// <summary>After how many seconds without a call the session shall be unloaded; null: as it was.</summary>
    public int? IdleSeconds { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
