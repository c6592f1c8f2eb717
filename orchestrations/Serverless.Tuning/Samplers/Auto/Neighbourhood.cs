using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Numerics;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Samplers.Gaussian;

namespace Serverless.Tuning.Samplers.Auto;

/// <summary>
/// The next trial within a box around one trial, by a model of its nearest trials with parameters of its own. Near a smooth minimum it converges as fast as methods that
/// build quadratic models do, because a Matérn process with long length scales is one.
/// Eriksson et al., Scalable Global Optimization via Local Bayesian Optimization, 2019, with the box of a trust-region method.
/// </summary>
/// <param name="encoding">The space.</param>
/// <param name="known">What is known.</param>
/// <param name="centre">The trial's index.</param>
internal sealed class Neighbourhood(Encoding encoding, Observations known, int centre)
{
    private const double Converged = 1e-7;
    private const double Same = 1e-9;
    private const int Starts = 3;
    private const double HopRadius = 0.2, HopSpacing = 0.01;
    private const int HopLooks = 200, HopTrials = 120;
    private static readonly KernelPrior Prior = new() { Length = 1, Noise = 1e-6, NoiseDeviation = 3, LeastNoise = 1e-10 };

    /// <summary>The next point, how much better than the centre it is promised to be, and whether it is at the box' edge; null: nothing is left to gain here.</summary>
    /// <param name="radius">How far around the centre, in ranges of the parameters.</param>
    /// <param name="crude">Learn from few trials: sees less, and falls for less.</param>
    /// <param name="random">For starts.</param>
    public (double[] Point, double Promised, bool AtEdge)? Propose(double radius, bool crude, RandomSource random)
    {
        var numbers = encoding.NumbersAt(known.Trials[centre].Point.ToArray()).Count;
        if (numbers == 0)
            return null;
        var (near, reach) = Nearest(numbers, radius, crude);
        var model = new LocalModel(encoding, known, near, reach, Prior);
        var (lower, upper) = model.Box(radius);
        var starts = new List<double[]> { Middle(numbers) };
        for (var start = 0; start < Starts; start++)
            starts.Add(Within(lower, upper, random));
        var (least, mean) = Minimize(starts, lower, upper, model.Mean, 1e-12);
        starts.Add(least);
        var (chosen, loss) = Minimize(starts, lower, upper, model.LossOfImprovement(model.Centre), 1e-6);
        var gain = Math.Max(model.Centre - mean, Math.Exp(-loss)) * model.Unit;
        if (!(gain > Converged * known.Spread))
            return null;
        foreach (var candidate in new[] { chosen, least })
        {
            var point = model.PointAt(candidate);
            if (known.Has(point) || !encoding.Space.IsPermitted(point) || model.Moved(point) < Same)
                continue;
            var promised = (model.Centre - model.Mean(candidate, new double[numbers])) * model.Unit;
            return (point, Math.Max(promised, 0.1 * gain), model.Moved(point) > 0.8 * radius);
        }

        return null;
    }

    /// <summary>A point some way off the centre, where a coarse model of the surroundings hopes for a deeper minimum beside it; null: every point there is known.</summary>
    public double[]? Hop(RandomSource random)
    {
        var numbers = encoding.NumbersAt(known.Trials[centre].Point.ToArray()).Count;
        if (numbers == 0)
            return null;
        var model = new LocalModel(encoding, known, Spaced(), HopRadius, Surrogate.Prior);
        var (lower, upper) = model.Box(HopRadius);
        var improvement = model.LossOfImprovement(model.Least);
        var slope = new double[numbers];
        var starts = new List<(double Value, double[] At)>();
        for (var look = 0; look < HopLooks; look++)
        {
            var at = Within(lower, upper, random);
            starts.Add((improvement(at, slope), at));
        }

        var (chosen, _) = Minimize([.. starts.OrderBy(start => start.Value).Take(Starts).Select(start => start.At)], lower, upper, improvement, 1e-4);
        foreach (var candidate in starts.OrderBy(start => start.Value).Select(start => start.At).Prepend(chosen))
        {
            var point = model.PointAt(candidate);
            if (!known.Has(point) && encoding.Space.IsPermitted(point) && model.Moved(point) >= Same)
                return point;
        }

        return null;
    }

    /// <summary>The nearest trials, the centre first: about as many as a quadratic has coefficients, or for a crude model as a diagonal one has.</summary>
    private (IReadOnlyList<int> Trials, double Reach) Nearest(int numbers, double radius, bool crude)
    {
        List<(int Index, double Distance)> alike = [.. Alike().OrderBy(pair => pair.Index == centre ? -1 : pair.Distance)];
        var coefficients = (numbers + 1) * (numbers + 2) / 2;
        var few = 2 * numbers + 3;
        var least = crude ? few : Math.Max(few, coefficients);
        var most = Math.Min(alike.Count, crude ? Math.Max(few + 3, (int)(1.2 * coefficients)) : Math.Max(few + 3, 2 * coefficients));
        var inside = alike.Count(pair => pair.Distance <= 3 * radius);
        var taken = alike[..Math.Clamp(inside, Math.Min(least, most), most)];
        return ([.. taken.Select(pair => pair.Index)], Math.Max(1e-12, Math.Max(taken[^1].Distance, radius)));
    }

    /// <summary>The best trials of the surroundings, none too close to a better one: what a minimum's bottom looks like says nothing of the next.</summary>
    private List<int> Spaced()
    {
        var taken = new List<int> { centre };
        foreach (var (index, _) in Alike().Where(pair => pair.Distance <= 3 * HopRadius).OrderBy(pair => known.Losses[pair.Index]))
        {
            if (taken.Count < HopTrials && taken.TrueForAll(other => Basins.Distance(known.Places[other], known.Places[index]) >= HopSpacing))
                taken.Add(index);
        }

        return taken;
    }

    /// <summary>The trials where the same numbers are there as at the centre, and how far each is.</summary>
    private IEnumerable<(int Index, double Distance)> Alike()
    {
        var here = known.Trials[centre].Point.ToArray();
        for (var index = 0; index < known.Trials.Count; index++)
        {
            if (encoding.Numbers.All(number => double.IsNaN(known.Trials[index].Point[number.Dimension.Index]) == double.IsNaN(here[number.Dimension.Index])))
                yield return (index, Basins.Distance(known.Places[index], known.Places[centre]));
        }
    }

    private static (double[] At, double Value) Minimize(List<double[]> starts, double[] lower, double[] upper, BoundedMinimizer.Function function, double tolerance)
    {
        var minimizer = new BoundedMinimizer(lower.Length);
        double[] best = starts[0];
        var least = double.PositiveInfinity;
        foreach (var start in starts)
        {
            double[] at = [.. start];
            var value = minimizer.Minimize(function, at, lower, upper, 40, tolerance);
            if (value < least)
                (best, least) = (at, value);
        }

        return (best, least);
    }

    private static double[] Middle(int numbers)
    {
        var middle = new double[numbers];
        Array.Fill(middle, 0.5);
        return middle;
    }

    private static double[] Within(double[] lower, double[] upper, RandomSource random) => [.. lower.Zip(upper, (low, high) => low + (high - low) * random.NextUniform())];
}
