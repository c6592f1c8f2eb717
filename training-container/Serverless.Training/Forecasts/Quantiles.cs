namespace Serverless.Training.Forecasts;

/// <summary>Quantiles of samples.</summary>
internal static class Quantiles
{
    /// <summary>The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996; NumPy's default).</summary>
    /// <param name="sorted">Samples in ascending order; at least one.</param>
    /// <param name="level">From 0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double level)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(sorted));
        if (!(level >= 0 && level <= 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level is from 0 to 1.");
        var place = level * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>The levels of the bounds of a central prediction interval: 0.9 gives 0.05 and 0.95.</summary>
    public static (double Low, double High) Interval(double coverage) => ((1 - coverage) / 2, (1 + coverage) / 2);
}
