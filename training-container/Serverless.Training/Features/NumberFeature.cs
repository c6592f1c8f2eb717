namespace Serverless.Training.Features;

/// <summary>How a column of numbers becomes a feature: missing values become the mean, then mean and spread are taken out.</summary>
/// <param name="Column">The column's index.</param>
/// <param name="Name">The column's name.</param>
/// <param name="Mean">The mean of the values that are there.</param>
/// <param name="Scale">One over the standard deviation; 0 for a column of one value, which then counts for nothing.</param>
/// <param name="HasIndicator">Whether a second feature says that the value was missing.</param>
internal sealed record NumberFeature(int Column, string Name, float Mean, float Scale, bool HasIndicator)
{
    /// <summary>The feature's value, computed as the model's graph does.</summary>
    public double Apply(float value) => float.IsNaN(value) ? 0 : (value - Mean) * Scale;

    public static NumberFeature Fit(int column, string name, float[] values, IReadOnlyList<int> rows)
    {
        double sum = 0, squares = 0;
        var count = 0;
        foreach (var row in rows)
            if (!float.IsNaN(values[row]))
            {
                sum += values[row];
                count++;
            }

        var mean = (float)(count == 0 ? 0 : sum / count);
        foreach (var row in rows)
            if (!float.IsNaN(values[row]))
                squares += ((double)values[row] - mean) * ((double)values[row] - mean);
        var spread = count == 0 ? 0 : Math.Sqrt(squares / count);
        var scale = spread > 1e-7 * Math.Abs(mean) && float.IsFinite((float)(1 / spread)) ? (float)(1 / spread) : 0;
        return new(column, name, mean, scale, count < rows.Count);
    }
}
