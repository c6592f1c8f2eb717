using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Planning;

/// <summary>
/// How the trials of one simulated study learn. A study has a landscape (a bowl of random place in which few parameters matter), so that a sampler can find better trials and a pruner has less to
/// give up then. Where there are earlier curves, a trial learns as the earlier one of its rank did; else by a made-up curve, of a family and with a noise of the study's own; curves cross, because
/// how fast a trial learns and how far it comes are drawn apart.
/// </summary>
internal sealed class CurveModel
{
    private const double Start = 0.9;
    private const double Least = 0.05;

    /// <summary>How many points by chance say which part of the space is worse than a trial.</summary>
    private const int Drawn = 200;

    private readonly SearchSpace space;
    private readonly double[][] earlier;
    private readonly double[] centers;
    private readonly double[] weights;
    private readonly double[] distances = [];
    private readonly int family;
    private readonly double noise;

    public CurveModel(IReadOnlyList<double[]> earlier, SearchSpace space, RandomSource random)
    {
        this.space = space;
        this.earlier = [.. earlier.OrderBy(curve => curve[^1])];
        (family, noise) = (random.NextBelow(3), 0.002 * Math.Pow(10, random.NextUniform()));
        centers = [.. space.Dimensions.Select(_ => random.NextUniform())];
        weights = [.. space.Dimensions.Select(_ => Math.Exp(1.5 * random.NextNormal()))];
        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= sum;
        if (earlier.Count == 0)
            return;
        distances = [.. Enumerable.Range(0, Drawn).Select(_ => Distance(UniformPoints.Draw(space, random))).Order()];

        // Of two trials of one rank neither is worse: they differ by a little of what all differ by.
        noise = 0.02 * Math.Abs(this.earlier[^1][^1] - this.earlier[0][^1]);
    }

    /// <summary>The losses of a trial at even parts of its time, the last at its end.</summary>
    public double[] Draw(int reports, ReadOnlySpan<double> point, RandomSource trial)
    {
        var losses = new double[Math.Max(1, reports)];
        var distance = Distance(point);
        if (earlier.Length > 0)
        {
            var better = Array.BinarySearch(distances, distance) is var index && index < 0 ? ~index : index;
            var curve = earlier[Math.Min(earlier.Length - 1, better * earlier.Length / Drawn)];
            var own = noise * trial.NextNormal();
            for (var k = 0; k < losses.Length; k++)
                losses[k] = own + curve[Math.Min(curve.Length - 1, (int)((k + 1.0) / losses.Length * curve.Length - 1e-9))];
            return losses;
        }

        var end = Math.Min(Start, Least + 0.6 * Math.Sqrt(distance) + 0.02 * Math.Abs(trial.NextNormal()));
        var slowness = 0.12 * Math.Exp(0.5 * trial.NextNormal());
        for (var k = 0; k < losses.Length; k++)
            losses[k] = end + (Start - end) * Left((k + 1.0) / losses.Length / slowness) + noise * trial.NextNormal();
        return losses;
    }

    /// <summary>How far a point is from the best place, squared, in [0, 1].</summary>
    private double Distance(ReadOnlySpan<double> point)
    {
        var distance = 0.0;
        for (var i = 0; i < point.Length; i++)
        {
            if (!double.IsNaN(point[i]))
                distance += weights[i] * Math.Pow(space.Dimensions[i].ToUnit(point[i]) - centers[i], 2);
        }

        return distance;
    }

    /// <summary>How much of the way is left: by a stretched exponential, a power law, or after a time at rest.</summary>
    private double Left(double time) => family switch
    {
        0 => Math.Exp(-Math.Pow(time, 0.8)),
        1 => 1 / (1 + time * time),
        _ => 1 / (1 + Math.Exp(4 * (time - 1))),
    };
}
