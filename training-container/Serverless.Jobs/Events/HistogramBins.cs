namespace Serverless.Jobs.Events;

/// <summary>Counts of values between bounds.</summary>
/// <param name="Count">Finite values.</param>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Squares">The sum of their squares.</param>
/// <param name="Limits">The upper bound of each bin, ascending.</param>
/// <param name="Counts">Values in each bin.</param>
internal sealed record HistogramBins(long Count, double Low, double High, double Sum, double Squares, IReadOnlyList<double> Limits, IReadOnlyList<double> Counts)
{
    private const int Bins = 64;

    /// <summary>Sorts values into bins of equal width. NaN and infinities are left out.</summary>
    public static HistogramBins Of(ReadOnlySpan<float> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity, sum = 0, squares = 0;
        long count = 0;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            (low, high, count) = (Math.Min(low, value), Math.Max(high, value), count + 1);
            sum += value;
            squares += (double)value * value;
        }

        if (count == 0)
            return new(0, 0, 0, 0, 0, [0], [0]);
        var bins = high > low ? Bins : 1;
        var counts = new double[bins];
        foreach (var value in values)
            if (float.IsFinite(value))
                counts[bins == 1 ? 0 : Math.Min(bins - 1, (int)((value - low) / (high - low) * bins))]++;
        return new(count, low, high, sum, squares, [.. Enumerable.Range(1, bins).Select(i => i == bins ? high : low + (high - low) * i / bins)], counts);
    }
}
