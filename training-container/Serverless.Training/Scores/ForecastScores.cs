namespace Serverless.Training.Scores;

/// <summary>How good forecasts are.</summary>
internal static class ForecastScores
{
    /// <summary>The pinball loss of one quantile: (y − q) · level when the truth is above, (q − y) · (1 − level) when it is below.</summary>
    public static double Pinball(double truth, double quantile, double level) => truth >= quantile ? (truth - quantile) * level : (quantile - truth) * (1 - level);

    /// <summary>
    /// Weighted quantile loss: twice the sum of the pinball losses over the sum of |y| (Salinas et al., DeepAR, 2020, section 4.3). 0 is perfect; for level 0.5 it is the weighted absolute percentage
    /// error. NaN when all truths are 0; missing truths are passed over.
    /// </summary>
    public static double WeightedQuantileLoss(ReadOnlySpan<double> truth, ReadOnlySpan<double> quantiles, double level)
    {
        double loss = 0, weight = 0;
        for (var i = 0; i < truth.Length; i++)
            if (!double.IsNaN(truth[i]))
                (loss, weight) = (loss + Pinball(truth[i], quantiles[i], level), weight + Math.Abs(truth[i]));
        return weight == 0 ? double.NaN : 2 * loss / weight;
    }

    /// <summary>
    /// The continuous ranked probability score of samples against a truth: E|X − y| − E|X − X′| / 2, with all pairs of samples (Gneiting and Raftery, 2007, section 4.2). For one sample it is the absolute error.
    /// </summary>
    /// <param name="sorted">Samples in ascending order; at least one.</param>
    /// <param name="truth">The value that came.</param>
    public static double Crps(ReadOnlySpan<double> sorted, double truth)
    {
        double distance = 0, spread = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            distance += Math.Abs(sorted[i] - truth);
            spread += (2 * i + 1 - sorted.Length) * sorted[i]; // sum over pairs of |difference|, for sorted samples, halved
        }

        return distance / sorted.Length - spread / ((double)sorted.Length * sorted.Length);
    }

    /// <summary>
    /// Mean absolute scaled error (Hyndman and Koehler, 2006): the mean error over the mean error that repeating the value of a season ago would have made on the history. Below 1 is better than that.
    /// NaN when the history is shorter than a season or repeats itself exactly.
    /// </summary>
    /// <param name="truth">The values that came; NaN is passed over.</param>
    /// <param name="forecast">What was told.</param>
    /// <param name="history">The values before.</param>
    /// <param name="season">Values a season; 1: the value before.</param>
    public static double Mase(ReadOnlySpan<double> truth, ReadOnlySpan<double> forecast, ReadOnlySpan<float> history, int season)
    {
        double error = 0, naive = 0;
        int count = 0, steps = 0;
        for (var i = 0; i < truth.Length; i++)
            if (!double.IsNaN(truth[i]))
                (error, count) = (error + Math.Abs(truth[i] - forecast[i]), count + 1);
        for (var i = season; i < history.Length; i++)
            if (!float.IsNaN(history[i]) && !float.IsNaN(history[i - season]))
                (naive, steps) = (naive + Math.Abs((double)history[i] - history[i - season]), steps + 1);
        return count == 0 || naive == 0 ? double.NaN : error / count / (naive / steps);
    }

    /// <summary>The share of truths within their intervals, bounds included; NaN when there is no truth.</summary>
    public static double Coverage(ReadOnlySpan<double> truth, ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        int within = 0, count = 0;
        for (var i = 0; i < truth.Length; i++)
            if (!double.IsNaN(truth[i]))
                (within, count) = (within + (truth[i] >= low[i] && truth[i] <= high[i] ? 1 : 0), count + 1);
        return count == 0 ? double.NaN : (double)within / count;
    }
}
