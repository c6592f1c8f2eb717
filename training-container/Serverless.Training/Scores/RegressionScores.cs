namespace Serverless.Training.Scores;

/// <summary>How well numbers were told.</summary>
/// <param name="Rmse">The root of the mean squared error, in the target's unit.</param>
/// <param name="Mae">The mean absolute error, in the target's unit.</param>
/// <param name="R2">The share of the spread that is explained: 1 is perfect, 0 as good as the mean, below 0 worse; NaN when all truths are one value.</param>
internal sealed record RegressionScores(double Rmse, double Mae, double R2)
{
    /// <summary>Scores predictions.</summary>
    /// <param name="truth">The right values; at least one.</param>
    /// <param name="predicted">What was told.</param>
    public static RegressionScores Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, truth.Length);
        ArgumentOutOfRangeException.ThrowIfZero(truth.Length, nameof(truth));
        double sum = 0, squares = 0, distance = 0, spread = 0;
        foreach (var value in truth)
            sum += value;
        var mean = sum / truth.Length;
        for (var i = 0; i < truth.Length; i++)
        {
            var error = truth[i] - predicted[i];
            squares += error * error;
            distance += Math.Abs(error);
            spread += (truth[i] - mean) * (truth[i] - mean);
        }

        return new(Math.Sqrt(squares / truth.Length), distance / truth.Length, spread > 0 ? 1 - squares / spread : double.NaN);
    }
}
