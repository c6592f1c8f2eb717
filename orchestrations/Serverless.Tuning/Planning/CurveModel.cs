using Serverless.Tuning.Randomness;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Planning;

/// <summary>
/// How the trials of one simulated study learn: drawn from earlier curves where there are some, else made up. A made-up study has a landscape (a bowl of random place in which few parameters
/// matter) for the losses at the end, a family of curves on the way there, and noise of its own; curves cross, because how fast a trial learns and how far it comes are drawn apart.
/// </summary>
internal sealed class CurveModel
{
    private const double Start = 0.9;
    private const double Least = 0.05;

    private readonly IReadOnlyList<double[]> earlier;
    private readonly double[] centers;
    private readonly double[] weights;
    private readonly int family;
    private readonly double noise;

    public CurveModel(IReadOnlyList<double[]> earlier, int dimensions, RandomSource random)
    {
        this.earlier = earlier;
        (family, noise) = (random.NextBelow(3), 0.002 * Math.Pow(10, random.NextUniform()));
        centers = [.. Enumerable.Range(0, dimensions).Select(_ => random.NextUniform())];
        weights = [.. Enumerable.Range(0, dimensions).Select(_ => Math.Exp(1.5 * random.NextNormal()))];
        var sum = weights.Sum();
        for (var i = 0; i < dimensions; i++)
            weights[i] /= sum;
    }

    /// <summary>The losses of a trial at even parts of its time, the last at its end.</summary>
    public double[] Draw(int reports, SearchSpace space, Func<int, double> unit, RandomSource trial)
    {
        var losses = new double[Math.Max(1, reports)];
        if (earlier.Count > 0)
        {
            var curve = earlier[trial.NextBelow(earlier.Count)];
            for (var k = 0; k < losses.Length; k++)
                losses[k] = curve[Math.Min(curve.Length - 1, (int)((k + 1.0) / losses.Length * curve.Length - 1e-9))];
            return losses;
        }

        var end = End(space, unit, trial);
        var slowness = 0.12 * Math.Exp(0.5 * trial.NextNormal());
        for (var k = 0; k < losses.Length; k++)
            losses[k] = end + (Start - end) * Left((k + 1.0) / losses.Length / slowness) + noise * trial.NextNormal();
        return losses;
    }

    private double End(SearchSpace space, Func<int, double> unit, RandomSource trial)
    {
        var distance = 0.0;
        for (var i = 0; i < space.Dimensions.Count; i++)
        {
            if (unit(i) is var at && !double.IsNaN(at))
                distance += weights[i] * (at - centers[i]) * (at - centers[i]);
        }

        return Math.Min(Start, Least + 0.6 * Math.Sqrt(distance) + 0.02 * Math.Abs(trial.NextNormal()));
    }

    /// <summary>How much of the way is left: by a stretched exponential, a power law, or after a time at rest.</summary>
    private double Left(double time) => family switch
    {
        0 => Math.Exp(-Math.Pow(time, 0.8)),
        1 => 1 / (1 + time * time),
        _ => 1 / (1 + Math.Exp(4 * (time - 1))),
    };
}
