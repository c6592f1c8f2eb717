namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>What earlier trials and jobs of a program tell of new ones.</summary>
/// <param name="Whole">Those that ended well.</param>
/// <param name="IsSame">They had the same arguments, data and machine; else they are only alike.</param>
internal sealed record EarlierTrials(IReadOnlyList<EarlierTrial> Whole, bool IsSame)
{
    /// <summary>How many of those that ran to an end of their own failed.</summary>
    public int Failed { get; init; }

    /// <summary>How often a whole one reported a metric; 0: once or not at all.</summary>
    public int Steps { get; init; }

    /// <summary>How many of them were trials of studies.</summary>
    public int Trials { get; init; }

    /// <summary>In what they differ, in words; empty: in nothing.</summary>
    public string Differences { get; init; } = "";

    /// <summary>Losses that whole trials reported, by part of a trial.</summary>
    public IReadOnlyList<double[]> Curves { get; init; } = [];

    /// <summary>The part that failed; of fewer than five nothing is concluded.</summary>
    public double FailureRate => Whole.Count + Failed >= 5 ? (double)Failed / (Whole.Count + Failed) : 0;
}
