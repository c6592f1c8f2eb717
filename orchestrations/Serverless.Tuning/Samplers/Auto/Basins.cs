using Serverless.Tuning.Numerics;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Samplers.Gaussian;

namespace Serverless.Tuning.Samplers.Auto;

/// <summary>Which minima of the loss have been searched, and where the model sees others.</summary>
/// <param name="encoding">The space.</param>
/// <param name="known">What is known.</param>
internal sealed class Basins(Encoding encoding, Observations known)
{
    /// <summary>Two places this close, in ranges of each parameter, are taken to be in one basin.</summary>
    private const double Width = 0.2;

    private const int BestTrials = 40, LatticePoints = 60, GradientSteps = 30;

    /// <summary>A trial is where an earlier run ended.</summary>
    public bool IsAtEndOf(IReadOnlyList<int> finished, int trial) => IsNear(finished, known.Places[known.IndexOf(trial)], 0.3 * Width);

    /// <summary>A place is in a basin that was searched.</summary>
    public bool IsSearched(IReadOnlyList<int> finished, double[] place) => IsNear(finished, place, Width);

    /// <summary>The best minimum of the model's mean outside the basins that were searched; null: there is none.</summary>
    public double[]? FindNew(Surrogate surrogate, IReadOnlyList<int> finished, RandomSource random)
    {
        double[]? best = null;
        var least = double.PositiveInfinity;
        foreach (var start in Starts(random))
        {
            var (point, mean) = Descend(surrogate, start);
            if (mean < least && encoding.Space.IsPermitted(point) && !known.Has(point) && !IsSearched(finished, encoding.Encode(point)))
                (best, least) = (point, mean);
        }

        return best;
    }

    /// <summary>The greatest difference of two places in a coordinate.</summary>
    public static double Distance(double[] left, double[] right)
    {
        var most = 0.0;
        for (var i = 0; i < left.Length; i++)
            most = Math.Max(most, Math.Abs(left[i] - right[i]));
        return most;
    }

    private bool IsNear(IReadOnlyList<int> finished, double[] place, double distance) =>
        finished.Select(known.IndexOf).Any(index => index >= 0 && Distance(known.Places[index], place) < distance);

    private IEnumerable<double[]> Starts(RandomSource random)
    {
        foreach (var index in Enumerable.Range(0, known.Losses.Length).OrderBy(index => known.Losses[index]).Take(BestTrials))
            yield return known.Trials[index].Point.ToArray();
        var cube = new double[encoding.Space.Dimensions.Count];
        var lattice = new Lattice([.. cube.Select(_ => random.NextUniform())]);
        for (var index = 0; index < LatticePoints; index++)
        {
            lattice.Point(index, cube);
            yield return encoding.FromCube(cube);
        }
    }

    private (double[] Point, double Mean) Descend(Surrogate surrogate, double[] point)
    {
        var numbers = encoding.NumbersAt(point);
        var place = encoding.Encode(point);
        var gradient = new double[place.Length];
        double[] units = [.. numbers.Select(number => place[number.Coordinate])], lower = new double[units.Length], upper = new double[units.Length];
        Array.Fill(upper, 1.0);
        var mean = new BoundedMinimizer(units.Length).Minimize(Mean, units, lower, upper, GradientSteps, 1e-5);
        for (var i = 0; i < units.Length; i++)
            point[numbers[i].Dimension.Index] = numbers[i].Dimension.FromUnit(units[i]);
        return (encoding.Complete(point), mean);

        double Mean(ReadOnlySpan<double> at, Span<double> slope)
        {
            for (var i = 0; i < at.Length; i++)
                place[numbers[i].Coordinate] = at[i];
            var value = surrogate.Process.PredictMean(place, gradient);
            for (var i = 0; i < at.Length; i++)
                slope[i] = gradient[numbers[i].Coordinate];
            return value;
        }
    }
}
