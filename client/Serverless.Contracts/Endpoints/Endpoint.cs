namespace Serverless.Contracts.Endpoints;

/// <summary>An endpoint as the API shows it.</summary>
public sealed record Endpoint
{
    /// <summary>The endpoint's name.</summary>
    public required string Name { get; init; }

    /// <summary>Counts the changes of its traffic.</summary>
    public required int Revision { get; init; }

    /// <summary>Which model versions answer, and how much each.</summary>
    public required IReadOnlyList<EndpointTraffic> Traffic { get; init; }

    /// <summary>What answered before the last change; what a roll-back goes back to.</summary>
    public IReadOnlyList<EndpointTraffic> Previous { get; set; } = [];

    /// <summary>After how many seconds without a call its session is unloaded. Default: 300.</summary>
    public int IdleSeconds { get; set; } = 300;

    /// <summary>How many sessions are loaded on the host that answers.</summary>
    public int Sessions { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its traffic last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
