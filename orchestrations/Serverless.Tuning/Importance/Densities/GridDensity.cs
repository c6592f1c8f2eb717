using Serverless.Tuning.Numerics;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Importance.Densities;

/// <summary>
/// How values of one parameter are spread, over the cells of a grid: a kernel about each cell that has values, as wide as Scott's rule says, and one over the whole range with the weight of one value
/// (Optuna 4.9's _ScottParzenEstimator).
/// </summary>
internal static class GridDensity
{
    /// <summary>The most cells of a number.</summary>
    private const int MaxCells = 50;

    /// <summary>The narrowest kernel: nine tenths of it lie in its own cell.</summary>
    private const double LeastWidth = 0.5 / 1.64;

    /// <summary>The probability of each cell; of each choice of a parameter that has choices.</summary>
    public static double[] Of(Dimension dimension, double[] values)
    {
        var counts = Count(dimension, values);
        return dimension.Kind == DimensionKind.Categorical ? OfChoices(counts, values.Length) : OfCells(counts, values.Length);
    }

    private static double[] Count(Dimension dimension, double[] values)
    {
        var counts = new double[Cells(dimension)];
        if (dimension.Kind == DimensionKind.Categorical)
        {
            foreach (var value in values)
                counts[(int)value]++;
            return counts;
        }

        var (low, high) = (dimension.Warp(dimension.Low), dimension.Warp(dimension.High));
        var size = (high - low) / (counts.Length - 1);
        foreach (var value in values)
            counts[Math.Clamp((int)Math.Ceiling((dimension.Warp(value) - size / 2 - low) / size), 0, counts.Length - 1)]++;
        return counts;
    }

    private static int Cells(Dimension dimension) => dimension switch
    {
        { Kind: DimensionKind.Categorical } => (int)dimension.Cardinality,
        { IsLog: true, Step: > 0 } => Math.Min((int)Math.Ceiling(Math.Log(dimension.High - dimension.Low + 1) / Math.Log(2)) + 1, MaxCells),
        { Step: > 0 } => (int)Math.Min(dimension.Cardinality, MaxCells),
        _ => MaxCells,
    };

    private static double[] OfChoices(double[] counts, int trials)
    {
        var kernels = counts.Count(count => count > 0) + 1;
        var (prior, uniform) = (1.0 / (trials + 1), 1.0 / counts.Length);
        var (hit, miss) = ((1 + 1.0 / kernels) / (1 + (double)counts.Length / kernels), 1.0 / kernels / (1 + (double)counts.Length / kernels));
        return [.. counts.Select(count => (count * hit + (trials - count) * miss) / (trials + 1) + prior * uniform)];
    }

    private static double[] OfCells(double[] counts, int trials)
    {
        var density = new double[counts.Length];
        var width = Math.Max(Width(counts, trials), LeastWidth);
        for (var center = 0; center < counts.Length; center++)
        {
            if (counts[center] > 0)
                Spread(density, center, width, counts[center] / (trials + 1));
        }

        Spread(density, (counts.Length - 1) / 2.0, counts.Length, 1.0 / (trials + 1));
        return density;
    }

    /// <summary>Scott's rule with the smaller of deviation and interquartile range.</summary>
    private static double Width(double[] counts, int trials)
    {
        var cells = Enumerable.Range(0, counts.Length).Where(cell => counts[cell] > 0).ToArray();
        var mean = cells.Sum(cell => cell * counts[cell]) / trials;
        var deviation = Math.Sqrt(cells.Sum(cell => (cell - mean) * (cell - mean) * counts[cell]) / Math.Max(1, trials - 1));
        var range = Quartile(trials * 3 / 4, beyond: true) - Quartile(trials / 4, beyond: false);
        return 1.059 * Math.Min(range / 1.34, deviation) * Math.Pow(trials, -0.2);

        int Quartile(int rank, bool beyond)
        {
            var below = 0.0;
            foreach (var cell in cells)
            {
                below += counts[cell];
                if (beyond ? below > rank : below >= rank)
                    return cell;
            }

            return cells[^1];
        }
    }

    /// <summary>Adds a normal kernel, cut at the range.</summary>
    private static void Spread(double[] density, double center, double width, double weight)
    {
        var whole = Between((-0.5 - center) / width, (density.Length - 0.5 - center) / width);
        for (var cell = 0; cell < density.Length; cell++)
            density[cell] += weight * Between((cell - 0.5 - center) / width, (cell + 0.5 - center) / width) / whole;
    }

    /// <summary>The probability between two values, without loss of digits far out on the right.</summary>
    private static double Between(double a, double b) => a > 0 ? NormalDistribution.Cumulative(-a) - NormalDistribution.Cumulative(-b) : NormalDistribution.Cumulative(b) - NormalDistribution.Cumulative(a);
}
