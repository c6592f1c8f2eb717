namespace Serverless.Contracts.Compute;

/// <summary>A pool of nodes as the API shows it.</summary>
public sealed record Pool
{
    /// <summary>The pool's name.</summary>
    public required string Name { get; init; }

    /// <summary>The nodes that there are now.</summary>
    public required int Nodes { get; init; }

    /// <summary>The most that there may be.</summary>
    public required int MaxNodes { get; init; }

    /// <summary>Seconds without work after which a node leaves.</summary>
    public required double IdleSeconds { get; init; }

    /// <summary>The price of one node per hour.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public required string Currency { get; init; }
}
