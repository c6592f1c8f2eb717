using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Numerics;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Samplers.Auto;

/// <summary>
/// A model of the loss around one trial, fitted to its nearest trials with parameters of its own, and the next trial within a box around it.
/// Near a smooth minimum it converges as fast as methods that build quadratic models do, because a Matérn process at long length scales is one.
/// Eriksson et al., Scalable Global Optimization via Local Bayesian Optimization, 2019, with the box of a trust-region method.
/// </summary>
internal sealed class Neighbourhood
{
    private const double Converged = 1e-7;
    private const int Starts = 3;
    private static readonly KernelPrior Prior = new() { Length = 1, Noise = 1e-6, NoiseDeviation = 3, LeastNoise = 1e-10 };

    private readonly Encoding encoding;
    private readonly Observations known;
    private readonly int centre;
    private readonly double radius;
    private readonly List<(Dimension Dimension, int Coordinate)> numbers;
    private readonly double[] middle;
    private readonly double[] place, gradient, work;
    private double reach, deviation;
    private GaussianProcess process = null!;

    /// <summary>The neighbourhood of a trial.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="known">What is known.</param>
    /// <param name="centre">The trial's index.</param>
    /// <param name="radius">How far around it, in ranges of the parameters.</param>
    public Neighbourhood(Encoding encoding, Observations known, int centre, double radius)
    {
        (this.encoding, this.known, this.centre, this.radius) = (encoding, known, centre, radius);
        numbers = encoding.NumbersAt(known.Trials[centre].Point.ToArray());
        middle = known.Places[centre];
        (place, gradient, work) = ([.. middle], new double[middle.Length], new double[middle.Length]);
        foreach (var (_, coordinate) in numbers)
            place[coordinate] = 0.5;
    }

    /// <summary>The next point, how much better than the centre it is promised to be, and whether it is at the box' edge; null: nothing is left to gain here.</summary>
    public (double[] Point, double Promised, bool AtEdge)? Propose(RandomSource random)
    {
        if (numbers.Count == 0)
            return null;
        var best = FitModel();
        var (lower, upper) = Box();
        double[] units = [.. numbers.Select(_ => 0.5)];
        var starts = new List<double[]> { units };
        for (var start = 0; start < Starts; start++)
            starts.Add([.. lower.Zip(upper, (low, high) => low + (high - low) * random.NextUniform())]);
        var (least, mean) = Minimize(starts, lower, upper, Mean, 1e-12);
        var gain = (best - mean) * deviation;
        if (!(gain > Converged * Spread()))
            return null;
        starts.Add(least);
        var improvement = new ExpectedImprovement(process, best);
        var (chosen, _) = Minimize(starts, lower, upper, (at, slope) => Descend(improvement, at, slope), 1e-6);
        foreach (var candidate in new[] { chosen, least })
        {
            var point = PointOf(candidate);
            if (known.Has(point) || !encoding.Space.IsPermitted(point))
                continue;
            var moved = Basins.Distance(encoding.Encode(point), middle);
            if (moved < 1e-9)
                continue;
            return (point, Math.Max((best - Mean(candidate, new double[candidate.Length])) * deviation, 0.1 * gain), moved > 0.8 * radius);
        }

        return null;
    }

    /// <summary>The distance of the median loss to the best: what a gain is measured by.</summary>
    private double Spread()
    {
        double[] sorted = [.. known.Losses.Order()];
        return sorted[sorted.Length / 2] - sorted[0];
    }

    /// <summary>Fits the model to the trials near by: at least as many as a quadratic has coefficients, at most twice as many.</summary>
    /// <returns>The centre's loss in the model's units.</returns>
    private double FitModel()
    {
        var alike = new List<(int Index, double Distance)>();
        for (var index = 0; index < known.Trials.Count; index++)
        {
            if (IsAlike(known.Trials[index].Point))
                alike.Add((index, Basins.Distance(known.Places[index], middle)));
        }

        alike = [.. alike.OrderBy(pair => pair.Index == centre ? -1 : pair.Distance)];
        var coefficients = (numbers.Count + 1) * (numbers.Count + 2) / 2;
        var most = Math.Min(alike.Count, 2 * Math.Max(numbers.Count + 3, coefficients));
        var inside = alike.Count(pair => pair.Distance <= 3 * radius);
        var taken = alike[..Math.Clamp(inside, Math.Min(most, Math.Max(2 * numbers.Count + 3, coefficients)), most)];
        reach = Math.Max(1e-12, Math.Max(taken[^1].Distance, radius));

        var data = new TrainingSet(encoding.Groups, taken.Count);
        foreach (var (index, _) in taken)
            data.Add(Scaled(known.Places[index]));
        var (values, unit) = LossWarp.Standardize([.. taken.Select(pair => known.Losses[pair.Index])]);
        deviation = unit;
        var prior = Prior.In(numbers.Count);
        var kernel = KernelFit.Start(data, prior);
        KernelFit.Improve(data, values, prior, kernel, 15);
        process = new GaussianProcess(data, values, kernel, prior);
        return values[0];
    }

    /// <summary>The same numbers are there as at the centre.</summary>
    private bool IsAlike(ReadOnlySpan<double> point)
    {
        var here = known.Trials[centre].Point;
        foreach (var (dimension, _) in encoding.Numbers)
        {
            if (double.IsNaN(point[dimension.Index]) != double.IsNaN(here[dimension.Index]))
                return false;
        }

        return true;
    }

    private double[] Scaled(double[] from)
    {
        double[] scaled = [.. from];
        foreach (var (_, coordinate) in numbers)
            scaled[coordinate] = (from[coordinate] - middle[coordinate]) / reach * 0.5 + 0.5;
        return scaled;
    }

    /// <summary>The box in the model's coordinates, within the space; a stepped number may always take one step.</summary>
    private (double[] Lower, double[] Upper) Box()
    {
        double[] lower = new double[numbers.Count], upper = new double[numbers.Count];
        for (var i = 0; i < numbers.Count; i++)
        {
            var (dimension, coordinate) = numbers[i];
            var here = middle[coordinate];
            var value = known.Trials[centre].Point[dimension.Index];
            var below = Math.Max(radius, here - dimension.ToUnit(dimension.Snap(value - dimension.Step)));
            var above = Math.Max(radius, dimension.ToUnit(dimension.Snap(value + dimension.Step)) - here);
            lower[i] = 0.5 - Math.Min(below, here) / reach * 0.5;
            upper[i] = 0.5 + Math.Min(above, 1 - here) / reach * 0.5;
        }

        return (lower, upper);
    }

    private double[] PointOf(double[] units)
    {
        var point = known.Trials[centre].Point.ToArray();
        for (var i = 0; i < numbers.Count; i++)
        {
            var (dimension, coordinate) = numbers[i];
            point[dimension.Index] = dimension.FromUnit((units[i] - 0.5) * 2 * reach + middle[coordinate]);
        }

        // A number may be what another one's condition speaks of.
        return encoding.Complete(point);
    }

    private (double[] Units, double Value) Minimize(List<double[]> starts, double[] lower, double[] upper, BoundedMinimizer.Function function, double tolerance)
    {
        var minimizer = new BoundedMinimizer(numbers.Count);
        double[] best = starts[0];
        var least = double.PositiveInfinity;
        foreach (var start in starts)
        {
            double[] units = [.. start];
            var value = minimizer.Minimize(function, units, lower, upper, 40, tolerance);
            if (value < least)
                (best, least) = (units, value);
        }

        return (best, least);
    }

    private double Mean(ReadOnlySpan<double> at, Span<double> slope)
    {
        Put(at);
        var mean = process.PredictMean(place, gradient);
        for (var i = 0; i < at.Length; i++)
            slope[i] = gradient[numbers[i].Coordinate];
        return mean;
    }

    private double Descend(ExpectedImprovement improvement, ReadOnlySpan<double> at, Span<double> slope)
    {
        Put(at);
        var value = improvement.At(place, gradient, work);
        for (var i = 0; i < at.Length; i++)
            slope[i] = -gradient[numbers[i].Coordinate];
        return -value;
    }

    private void Put(ReadOnlySpan<double> at)
    {
        for (var i = 0; i < at.Length; i++)
            place[numbers[i].Coordinate] = at[i];
    }
}
