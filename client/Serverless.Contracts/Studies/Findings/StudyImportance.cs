namespace Serverless.Contracts.Studies.Findings;

/// <summary>Which parameters of a study mattered to an objective.</summary>
public sealed record StudyImportance
{
    /// <summary>The study.</summary>
    public required string StudyId { get; init; }

    /// <summary>The objective's metric.</summary>
    public required string Objective { get; init; }

    /// <summary>How it was found out.</summary>
    public required ImportanceMethod Method { get; init; }

    /// <summary>How many trials count: those that are complete and have a finite value, trials of earlier studies among them. Pruned and failed ones do not.</summary>
    public required int Trials { get; init; }

    /// <summary>How many complete trials do not count because their value is infinite.</summary>
    public int Infinite { get; init; }

    /// <summary>With fANOVA: the most trials that a forest learnt from; less than <see cref="Trials"/> when they were too many.</summary>
    public int? MostLearnt { get; init; }

    /// <summary>With fANOVA: which part of the variance the forest explains in trials that it has not seen, at most 1. Near 0 it knows nothing, and nor does the rest.</summary>
    public double? Fit { get; init; }

    /// <summary>The parameters, the most important first.</summary>
    public IReadOnlyList<ParameterImportance> Parameters { get; set; } = [];

    /// <summary>Pairs, the most important first; only when they were asked for.</summary>
    public IReadOnlyList<PairImportance> Pairs { get; set; } = [];

    /// <summary>Parameters of which nothing can be said.</summary>
    public IReadOnlyList<UnrankedParameter> Unranked { get; set; } = [];
}
