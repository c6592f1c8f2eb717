namespace Serverless.Benchmarks.Tuning.Functions;

/// <summary>Functions of the optimisation literature (Surjanovic and Bingham, Virtual Library of Simulation Experiments).</summary>
internal static class BoxFunctions
{
    private static readonly double[] Weights = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] Steepness =
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] Centres =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>Branin's, with three equal minima.</summary>
    public static double Branin(double[] x)
    {
        var valley = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x[0]) + 10;
    }

    /// <summary>Hartmann's in six dimensions.</summary>
    public static double Hartmann(double[] x) => -Enumerable.Range(0, 4).Sum(i => Weights[i] * Math.Exp(-x.Select((value, j) => Steepness[i][j] * Square(value - Centres[i][j])).Sum()));

    /// <summary>Ackley's: a funnel full of small dents.</summary>
    public static double Ackley(double[] x) =>
        20 + Math.E - 20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(Square))) - Math.Exp(x.Average(value => Math.Cos(2 * Math.PI * value)));

    /// <summary>Rosenbrock's: a long bent valley.</summary>
    public static double Rosenbrock(double[] x) => Enumerable.Range(0, x.Length - 1).Sum(i => 100 * Square(x[i + 1] - x[i] * x[i]) + Square(1 - x[i]));

    /// <summary>Lévy's, with many local minima.</summary>
    public static double Levy(double[] x)
    {
        double[] w = [.. x.Select(value => 1 + (value - 1) / 4)];
        return Square(Math.Sin(Math.PI * w[0]))
            + w[..^1].Sum(value => Square(value - 1) * (1 + 10 * Square(Math.Sin(Math.PI * value + 1))))
            + Square(w[^1] - 1) * (1 + Square(Math.Sin(2 * Math.PI * w[^1])));
    }

    private static double Square(double value) => value * value;
}
