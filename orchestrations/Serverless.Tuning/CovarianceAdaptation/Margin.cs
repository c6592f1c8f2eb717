using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.CovarianceAdaptation;

/// <summary>
/// Keeps a number with steps from freezing on one of them: whenever the chance to leave the step where the mean is falls below a margin, the mean is moved and
/// the coordinate stretched until it is the margin. Hamano, Saito, Nomura and Shirakawa, CMA-ES with Margin, 2022, section 4.
/// </summary>
internal static class Margin
{
    /// <summary>Corrects one coordinate.</summary>
    /// <param name="mean">The coordinate's mean.</param>
    /// <param name="deviation">Its deviation, unstretched.</param>
    /// <param name="stretch">Its stretch so far.</param>
    /// <param name="below">Where the next lower step begins; null: there is none.</param>
    /// <param name="above">Where the next higher step begins; null: there is none.</param>
    /// <param name="margin">The least chance; the paper takes 1 / (dimension · population).</param>
    public static (double Mean, double Stretch) Correct(double mean, double deviation, double stretch, double? below, double? above, double margin)
    {
        var spread = deviation * stretch;
        if (below is null || above is null)
        {
            if ((below ?? above) is not { } edge)
                return (mean, stretch);
            var away = Math.Min(Math.Abs(mean - edge), Quantile(margin) * spread);
            return (below is null ? edge - away : edge + away, stretch);
        }

        double low = NormalDistribution.Cumulative((below.Value - mean) / spread), high = NormalDistribution.Cumulative((mean - above.Value) / spread);
        if (low >= margin / 2 && high >= margin / 2)
            return (mean, stretch);
        var stay = 1 - low - high;
        double newLow = Math.Max(margin / 2, low), newHigh = Math.Max(margin / 2, high);
        var excess = (1 - newLow - newHigh - stay) / (newLow + newHigh + stay - 3 * margin / 2);
        newLow += excess * (newLow - margin / 2);
        newHigh += excess * (newHigh - margin / 2);
        double toLow = Quantile(newLow), toHigh = Quantile(newHigh);
        var newSpread = (above.Value - below.Value) / (toLow + toHigh);
        return (below.Value + toLow * newSpread, newSpread / deviation);
    }

    /// <summary>How many deviations above the mean a value lies that is exceeded with a chance below a half.</summary>
    internal static double Quantile(double chance)
    {
        double low = 0, high = 40;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = NormalDistribution.Cumulative(-middle) > chance ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
