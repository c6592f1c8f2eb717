using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Numerics;
using Serverless.Tuning.Pareto;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>
/// The logarithm of the volume that a place is expected to add to what a front dominates, exactly, for losses that are modelled each by itself: over the boxes that the front leaves,
/// the products of what each loss is expected to lie below its bounds (Emmerich, Deutz, Klinkenberg, Hypervolume-based expected improvement, 2011; in logarithms as in Ament et al., 2023).
/// </summary>
/// <param name="processes">A model for each loss.</param>
/// <param name="front">What is not dominated, in the models' units.</param>
internal sealed class HypervolumeImprovement(IReadOnlyList<GaussianProcess> processes, FrontCells front) : IAcquisition
{
    private readonly double[][] logs = [.. front.Bounds.Select(bounds => new double[bounds.Length])];
    private readonly double[][] byMean = [.. front.Bounds.Select(bounds => new double[bounds.Length])];
    private readonly double[][] byDeviation = [.. front.Bounds.Select(bounds => new double[bounds.Length])];
    private readonly double[] weights = new double[front.Cells.Count];
    private double[][] meanGradients = [], varianceGradients = [];

    /// <inheritdoc/>
    public double At(ReadOnlySpan<double> place)
    {
        for (var loss = 0; loss < processes.Count; loss++)
        {
            var (mean, variance) = processes[loss].Predict(place);
            Improve(loss, mean, Math.Sqrt(variance), slopes: false);
        }

        return Sum();
    }

    /// <inheritdoc/>
    public double At(ReadOnlySpan<double> place, Span<double> gradient, Span<double> work)
    {
        if (meanGradients.Length == 0)
            (meanGradients, varianceGradients) = (Rows(place.Length), Rows(place.Length));
        Span<double> deviations = stackalloc double[processes.Count];
        for (var loss = 0; loss < processes.Count; loss++)
        {
            var (mean, variance) = processes[loss].Predict(place, meanGradients[loss], varianceGradients[loss]);
            deviations[loss] = Math.Sqrt(variance);
            Improve(loss, mean, deviations[loss], slopes: true);
        }

        var value = Sum();
        gradient.Clear();
        for (var loss = 0; loss < processes.Count; loss++)
        {
            var (mean, deviation) = Slopes(loss, value);
            for (var c = 0; c < gradient.Length; c++)
                gradient[c] += mean * meanGradients[loss][c] + deviation * varianceGradients[loss][c] / (2 * deviations[loss]);
        }

        return value;
    }

    private double[][] Rows(int length) => [.. Enumerable.Range(0, processes.Count).Select(_ => new double[length])];

    /// <summary>How far a loss is expected to lie below each of its bounds: the logarithm, and how that changes with the mean and the deviation.</summary>
    private void Improve(int loss, double mean, double deviation, bool slopes)
    {
        var bounds = front.Bounds[loss];
        var logDeviation = Math.Log(deviation);
        logs[loss][0] = double.NegativeInfinity;
        for (var i = 1; i < bounds.Length; i++)
        {
            var z = (bounds[i] - mean) / deviation;
            var (value, slope) = NormalDistribution.LogImprovement(z);
            logs[loss][i] = value + logDeviation;
            if (slopes)
                (byMean[loss][i], byDeviation[loss][i]) = (-slope / deviation, (1 - slope * z) / deviation);
        }
    }

    /// <summary>The logarithm of the sum over the boxes; leaves the logarithm of each.</summary>
    private double Sum()
    {
        var most = double.NegativeInfinity;
        for (var box = 0; box < weights.Length; box++)
        {
            var cell = front.Cells[box];
            var log = 0.0;
            for (var loss = 0; loss < processes.Count; loss++)
                log += Between(logs[loss], cell[2 * loss], cell[2 * loss + 1]);
            weights[box] = log;
            most = Math.Max(most, log);
        }

        if (double.IsNegativeInfinity(most))
            return most;
        var sum = 0.0;
        foreach (var log in weights)
            sum += Math.Exp(log - most);
        return most + Math.Log(sum);
    }

    /// <summary>How the logarithm of the sum changes with a loss's mean and deviation.</summary>
    private (double Mean, double Deviation) Slopes(int loss, double value)
    {
        double mean = 0, deviation = 0;
        for (var box = 0; box < weights.Length; box++)
        {
            var weight = Math.Exp(weights[box] - value);
            if (!(weight > 0))
                continue;
            var (lower, upper) = (front.Cells[box][2 * loss], front.Cells[box][2 * loss + 1]);
            var ratio = Math.Exp(logs[loss][lower] - logs[loss][upper]);
            var rest = weight / -double.ExpM1(logs[loss][lower] - logs[loss][upper]);
            mean += rest * (byMean[loss][upper] - ratio * byMean[loss][lower]);
            deviation += rest * (byDeviation[loss][upper] - ratio * byDeviation[loss][lower]);
        }

        return (mean, deviation);
    }

    /// <summary>The logarithm of the difference of two numbers that are given by their logarithms.</summary>
    private static double Between(double[] logs, int lower, int upper) =>
        lower == 0 ? logs[upper] : logs[upper] + Math.Log(-double.ExpM1(Math.Min(logs[lower] - logs[upper], 0)));
}
