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

    /// <summary>The machines' size by their provider's name.</summary>
    public string? Size { get; init; }

    /// <summary>Logical processors of a node; 0 when not known.</summary>
    public int VCpus { get; init; }

    /// <summary>Memory of a node in bytes; 0 when not known.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>GPUs of a node by type.</summary>
    public IReadOnlyList<string> Gpus { get; set; } = [];

    /// <summary>Whether nodes may be taken away at any time.</summary>
    public bool Spot { get; init; }

    /// <summary>The provider's region.</summary>
    public string? Region { get; init; }

    /// <summary>Where the price was seen.</summary>
    public string? PriceSource { get; init; }

    /// <summary>Whether the price was read from the provider's own list, or stated by whoever runs the host.</summary>
    public bool PriceVerified { get; init; }

    /// <summary>The price of one node per hour.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public required string Currency { get; init; }
}
