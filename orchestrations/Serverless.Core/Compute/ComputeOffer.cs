namespace Serverless.Core.Compute;

/// <summary>A size of machine.</summary>
public sealed record ComputeOffer
{
    /// <summary>Its name, such as <c>local</c> or <c>Standard_NC4as_T4_v3</c>.</summary>
    public required string Size { get; init; }

    /// <summary>Logical processors.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>GPUs by name.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>Price per hour.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Whether it may be taken away at any time.</summary>
    public bool Spot { get; init; }
}
