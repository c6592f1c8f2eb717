using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Importance.Densities;

/// <summary>
/// The Pearson divergence between where a parameter lies in the best trials and where in all of them, times the square of the best ones' part: the variance of the indicator
/// "among the best" that the parameter explains by itself (Watanabe, Bansal, Hutter 2023, theorem 1). Definitions and constants are those of Optuna 4.9's PedAnovaImportanceEvaluator.
/// </summary>
internal static class TopDivergence
{
    /// <summary>The least trials that count as best.</summary>
    private const int LeastTop = 2;

    /// <summary>Keeps the quotient finite where nobody was.</summary>
    private const double Least = 1e-12;

    /// <summary>The divergence, from 0.</summary>
    /// <param name="dimension">The parameter.</param>
    /// <param name="values">Its coordinate in each trial.</param>
    /// <param name="losses">The loss of each trial; less is better.</param>
    /// <param name="quantile">Which part is best. Trials with the loss of the last of them belong to them too.</param>
    public static double Of(Dimension dimension, double[] values, double[] losses, double quantile)
    {
        double[] sorted = [.. losses.Order()];
        var last = Math.Max(LeastTop, (int)Math.Ceiling(quantile * sorted.Length)) - 1;
        double[] top = [.. values.Where((_, i) => losses[i] <= sorted[last])];
        var (good, all) = (GridDensity.Of(dimension, top), GridDensity.Of(dimension, values));
        var divergence = 0.0;
        for (var cell = 0; cell < good.Length; cell++)
        {
            var (p, q) = (good[cell] + Least, all[cell] + Least);
            divergence += q * (p / q - 1) * (p / q - 1);
        }

        var part = (double)top.Length / values.Length;
        return part * part * divergence;
    }
}
