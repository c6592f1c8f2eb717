using Serverless.Training.Forecasts;

namespace Serverless.Training.Scores;

/// <summary>How good the forecasts of several series are together.</summary>
internal sealed class ForecastSummary(double coverage, int season)
{
    private readonly List<double> truths = [], medians = [], lows = [], highs = [], crps = [], scaled = [];

    /// <summary>Adds a series.</summary>
    /// <param name="truth">The values that came; NaN where one is missing.</param>
    /// <param name="paths">The paths that were drawn, [samples, horizon].</param>
    /// <param name="history">What the series was before.</param>
    public void Add(ReadOnlySpan<float> truth, float[,] paths, ReadOnlySpan<float> history)
    {
        var (low, high) = Quantiles.Interval(coverage);
        var (own, middle) = (new double[truth.Length], new double[truth.Length]);
        for (var step = 0; step < truth.Length; step++)
        {
            var sorted = new double[paths.GetLength(0)];
            for (var sample = 0; sample < sorted.Length; sample++)
                sorted[sample] = paths[sample, step];
            Array.Sort(sorted);
            (own[step], middle[step]) = (truth[step], Quantiles.Of(sorted, 0.5));
            lows.Add(Quantiles.Of(sorted, low));
            highs.Add(Quantiles.Of(sorted, high));
            if (!float.IsNaN(truth[step]))
                crps.Add(ForecastScores.Crps(sorted, truth[step]));
        }

        truths.AddRange(own);
        medians.AddRange(middle);
        if (ForecastScores.Mase(own, middle, history, season) is var mase && !double.IsNaN(mase))
            scaled.Add(mase);
    }

    /// <summary>The scores by name: weighted absolute percentage error of the median, mean CRPS, mean MASE, the share within the interval. What cannot be said is left out.</summary>
    public IReadOnlyList<(string Name, double Value)> Scores()
    {
        double[] truth = [.. truths];
        (string Name, double Value)[] all =
        [
            ("wape", ForecastScores.WeightedQuantileLoss(truth, [.. medians], 0.5)),
            ("crps", crps.Count == 0 ? double.NaN : crps.Average()),
            ("mase", scaled.Count == 0 ? double.NaN : scaled.Average()),
            ("coverage", ForecastScores.Coverage(truth, [.. lows], [.. highs])),
        ];
        return [.. all.Where(score => double.IsFinite(score.Value))];
    }
}
