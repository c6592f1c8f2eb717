using Serverless.Contracts.Endpoints;

namespace Serverless.Core.Endpoints;

/// <summary>What is stored of an endpoint: the truth about its traffic.</summary>
public sealed record EndpointRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Counts the changes of its traffic; a write whose revision is not the next one has lost.</summary>
    public required int Revision { get; init; }

    /// <summary>Who answers.</summary>
    public required IReadOnlyList<EndpointTraffic> Traffic { get; init; }

    /// <summary>Who answered before.</summary>
    public IReadOnlyList<EndpointTraffic> Previous { get; set; } = [];

    /// <summary>The deployment, or roll-back, that made this traffic.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>When that change was asked for: one that was asked for before it comes too late.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>After how many seconds without a call its sessions are unloaded.</summary>
    public int IdleSeconds { get; set; } = 300;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its traffic last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the change that made this traffic; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
