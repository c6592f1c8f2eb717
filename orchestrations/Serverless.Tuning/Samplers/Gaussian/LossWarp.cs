namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>
/// Losses as a model likes them: with mean 0 and deviation 1, either as they are or by the logarithm of their distance to a little below the best.
/// The likelihood chooses among the warps, their Jacobian considered (Snelson, Rasmussen and Ghahramani, Warped Gaussian Processes, 2004).
/// </summary>
internal static class LossWarp
{
    /// <summary>How far below the best the logarithm begins, in distances of the median to the best.</summary>
    private static readonly double[] Offsets = [double.PositiveInfinity, 1, 0.1, 0.01];

    /// <summary>How many warps there are; 0 leaves losses as they are.</summary>
    public static int Count => Offsets.Length;

    /// <summary>Warps losses.</summary>
    /// <param name="losses">Less is better.</param>
    /// <param name="warp">Which warp, below <see cref="Count"/>.</param>
    /// <returns>The warped losses, in the same order and the same order of size, and the negative logarithm of the warp's Jacobian.</returns>
    public static (double[] Values, double Jacobian) Apply(double[] losses, int warp)
    {
        double[] sorted = [.. losses.Order()];
        var (best, middle) = (sorted[0], sorted[sorted.Length / 2]);
        if (warp == 0)
        {
            var (plain, unit) = Standardize(losses);
            return (plain, losses.Length * Math.Log(unit));
        }

        var scale = Math.Max(middle - best, 1e-12 * Math.Max(1, Math.Abs(best)));
        double[] logarithms = [.. losses.Select(loss => Math.Log(loss - best + Offsets[warp] * scale))];
        var (values, deviation) = Standardize(logarithms);
        return (values, logarithms.Sum() + losses.Length * Math.Log(deviation));
    }

    /// <summary>Values less their mean, over their deviation.</summary>
    public static (double[] Values, double Deviation) Standardize(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        if (!(deviation > 1e-300))
            deviation = 1;
        return ([.. values.Select(value => (value - mean) / deviation)], deviation);
    }
}
