namespace Serverless.Contracts.Studies.Findings;

/// <summary>A page of a study's own trials in the order in which they ended, and how the best became better. Trials of earlier studies are not among them.</summary>
public sealed record StudyHistory
{
    /// <summary>The objectives.</summary>
    public required IReadOnlyList<ObjectiveSpec> Objectives { get; init; }

    /// <summary>How many trials have ended.</summary>
    public required int Trials { get; init; }

    /// <summary>With two to four objectives: where volumes are measured from, a tenth beyond the worst value of each so far.</summary>
    public IReadOnlyList<double>? Reference { get; init; }

    /// <summary>ISO 4217 code of the costs.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>The trials of this page.</summary>
    public required IReadOnlyList<EndedTrial> Items { get; init; }

    /// <summary>What to pass as <c>after</c> for the next page; null when this is the last.</summary>
    public string? Next { get; init; }
}
