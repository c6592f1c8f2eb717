namespace Serverless.Core.Compute;

/// <summary>A size of machine that a pool is made of.</summary>
public sealed record ComputeOffer
{
    /// <summary>The pool whose machines they are.</summary>
    public required string Pool { get; init; }

    /// <summary>Its name, such as <c>local</c> or <c>Standard_NC4as_T4_v3</c>.</summary>
    public required string Size { get; init; }

    /// <summary>Logical processors.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>GPUs by type in lower case, such as <c>t4</c>; one entry for each.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>Price per hour.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Whether it may be taken away at any time.</summary>
    public bool Spot { get; init; }

    /// <summary>The provider's region; null when there is none.</summary>
    public string? Region { get; init; }

    /// <summary>Where the price was seen.</summary>
    public string? PriceSource { get; init; }

    /// <summary>When the price was seen there.</summary>
    public DateOnly? PriceSeen { get; init; }

    /// <summary>Whether the price was read from the provider's own list, or stated by whoever runs the host.</summary>
    public bool PriceVerified { get; init; }
}
