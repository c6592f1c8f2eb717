namespace Serverless.Tuning.Planning;

/// <summary>Percentiles of a sample, with straight lines between its values (type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996).</summary>
internal static class Percentiles
{
    /// <summary>A percentile.</summary>
    /// <param name="sorted">The values, rising; at least one.</param>
    /// <param name="part">In [0, 1].</param>
    public static double Of(IReadOnlyList<double> sorted, double part)
    {
        var at = part * (sorted.Count - 1);
        var low = (int)at;
        return low + 1 < sorted.Count ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}
