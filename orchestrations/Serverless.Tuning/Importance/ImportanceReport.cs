namespace Serverless.Tuning.Importance;

/// <summary>What matters to an objective.</summary>
/// <param name="Method">How it was found out.</param>
/// <param name="Trials">How many trials are complete and have a finite value of the objective.</param>
public sealed record ImportanceReport(ImportanceMethod Method, int Trials)
{
    /// <summary>Why nothing can be said.</summary>
    public ImportanceShortage Shortage { get; init; }

    /// <summary>Of forests: the most trials that one learnt from; fewer than <see cref="Trials"/> when there are more than <see cref="ImportanceOptions.MostTrials"/>.</summary>
    public int? MostLearnt { get; init; }

    /// <summary>How many complete trials do not count because their value is infinite.</summary>
    public int Infinite { get; init; }

    /// <summary>The parameters, the most important first.</summary>
    public IReadOnlyList<ParameterImportance> Parameters { get; init; } = [];

    /// <summary>Pairs that matter together more than each by itself, the most important first.</summary>
    public IReadOnlyList<PairImportance> Pairs { get; init; } = [];

    /// <summary>Parameters of which nothing can be said.</summary>
    public IReadOnlyList<UnrankedParameter> Unranked { get; init; } = [];

    /// <summary>Of a forest: which part of the variance it explains in trials that it has not seen, at most 1; at 0 or below it knows nothing, and nor does the report.</summary>
    public double? Fit { get; init; }
}
