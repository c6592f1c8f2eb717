namespace Serverless.Contracts.Jobs;

/// <summary>The machine that was chosen for a job, why, and what it can cost.</summary>
public sealed record JobPlacement
{
    /// <summary>The pool whose nodes may claim the job.</summary>
    public required string Pool { get; init; }

    /// <summary>The machine's size by its provider's name.</summary>
    public required string Size { get; init; }

    /// <summary>Logical processors.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>GPUs by type; empty when there are none.</summary>
    public IReadOnlyList<string> Gpus { get; set; } = [];

    /// <summary>Whether it may be taken away at any time.</summary>
    public bool Spot { get; init; }

    /// <summary>The provider's region; null when there is none.</summary>
    public string? Region { get; init; }

    /// <summary>The raw price per hour.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public required string Currency { get; init; }

    /// <summary>Where the price was seen.</summary>
    public string? PriceSource { get; init; }

    /// <summary>When it was seen there.</summary>
    public DateOnly? PriceSeen { get; init; }

    /// <summary>Whether it was read from the provider's own list, or stated by whoever runs the host. Else it is good for an order of magnitude.</summary>
    public bool PriceVerified { get; init; }

    /// <summary>What the job can cost at most.</summary>
    public required JobEstimate Estimate { get; init; }

    /// <summary>Why this machine: a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>What else is to be known: a price that is not verified, machines that are short now. Sentences.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}
