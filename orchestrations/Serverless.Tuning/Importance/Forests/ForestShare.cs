namespace Serverless.Tuning.Importance.Forests;

/// <summary>A part of the variance, over the trees of a forest.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation.</param>
internal readonly record struct ForestShare(double Mean, double Deviation)
{
    public static ForestShare Of(IReadOnlyList<double> shares)
    {
        if (shares.Count == 0)
            return new(0, 0);
        var mean = shares.Average();
        return new(mean, Math.Sqrt(shares.Average(share => (share - mean) * (share - mean))));
    }
}
