namespace Serverless.Core.Experiments.Comparisons;

/// <summary>Bounds of a comparison: what a person can look at, and a host can answer at once.</summary>
public static class ComparisonLimits
{
    /// <summary>Most runs side by side.</summary>
    public const int Runs = 200;

    /// <summary>Runs side by side when nothing else is asked for.</summary>
    public const int DefaultRuns = 50;

    /// <summary>The best trials of a study that are compared when nothing else is asked for.</summary>
    public const int DefaultTop = 10;

    /// <summary>Most columns.</summary>
    public const int Columns = 300;

    /// <summary>Most runs that are looked at to find the first by a metric: as many records as a store reads in about a second.</summary>
    public const int Looked = 2_000;

    /// <summary>Most jobs, studies or metrics that can be named.</summary>
    public const int Named = 200;

    /// <summary>Longest name of a metric or of what is sorted by, in characters.</summary>
    public const int NameLength = 256;
}
