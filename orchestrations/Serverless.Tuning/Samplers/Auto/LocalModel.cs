using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Numerics;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Samplers.Auto;

/// <summary>A model of the loss around one trial in coordinates of its own: the trial in the middle, those that it learns from within the unit cube.</summary>
internal sealed class LocalModel
{
    private readonly Encoding encoding;
    private readonly double[] centre, middle;
    private readonly double[] place, gradient, work;
    private readonly double reach;
    private readonly GaussianProcess process;

    /// <summary>Fits a model.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="known">What is known.</param>
    /// <param name="taken">The trials to learn from; the first is the one in the middle.</param>
    /// <param name="reach">How far the farthest is, at least, in ranges of the parameters.</param>
    /// <param name="prior">What is believed of the kernel in one dimension.</param>
    public LocalModel(Encoding encoding, Observations known, IReadOnlyList<int> taken, double reach, KernelPrior prior)
    {
        (this.encoding, this.reach) = (encoding, reach);
        (centre, middle) = (known.Trials[taken[0]].Point.ToArray(), known.Places[taken[0]]);
        Numbers = encoding.NumbersAt(centre);
        (place, gradient, work) = ([.. middle], new double[middle.Length], new double[middle.Length]);
        var data = new TrainingSet(encoding.Groups, taken.Count);
        foreach (var index in taken)
        {
            known.Places[index].CopyTo(place, 0);
            foreach (var (_, coordinate) in Numbers)
                place[coordinate] = (place[coordinate] - middle[coordinate]) / reach * 0.5 + 0.5;
            data.Add(place);
        }

        middle.CopyTo(place, 0);
        var (values, deviation) = LossWarp.Standardize([.. taken.Select(index => known.Losses[index])]);
        var scaled = prior.In(Numbers.Count);
        var kernel = KernelFit.Start(data, scaled);
        KernelFit.Improve(data, values, scaled, kernel, 15);
        process = new GaussianProcess(data, values, kernel, scaled);
        (Centre, Least, Unit) = (values[0], values.Min(), deviation);
    }

    /// <summary>The numbers that move; all else is as in the middle.</summary>
    public IReadOnlyList<(Dimension Dimension, int Coordinate)> Numbers { get; }

    /// <summary>The loss of the trial in the middle, in the model's units.</summary>
    public double Centre { get; }

    /// <summary>The least loss, in the model's units.</summary>
    public double Least { get; }

    /// <summary>The model's unit of loss.</summary>
    public double Unit { get; }

    /// <summary>The box of a radius around the middle, within the space; a stepped number may always take one step.</summary>
    public (double[] Lower, double[] Upper) Box(double radius)
    {
        double[] lower = new double[Numbers.Count], upper = new double[Numbers.Count];
        for (var i = 0; i < Numbers.Count; i++)
        {
            var (dimension, coordinate) = Numbers[i];
            var here = middle[coordinate];
            var value = centre[dimension.Index];
            var below = Math.Max(radius, here - dimension.ToUnit(dimension.Snap(value - dimension.Step)));
            var above = Math.Max(radius, dimension.ToUnit(dimension.Snap(value + dimension.Step)) - here);
            lower[i] = 0.5 - Math.Min(below, here) / reach * 0.5;
            upper[i] = 0.5 + Math.Min(above, 1 - here) / reach * 0.5;
        }

        return (lower, upper);
    }

    /// <summary>The point for the model's coordinates, rounded to what the space has.</summary>
    public double[] PointAt(double[] at)
    {
        double[] point = [.. centre];
        for (var i = 0; i < Numbers.Count; i++)
        {
            var (dimension, coordinate) = Numbers[i];
            point[dimension.Index] = dimension.FromUnit((at[i] - 0.5) * 2 * reach + middle[coordinate]);
        }

        // A number may be what another one's condition speaks of.
        return encoding.Complete(point);
    }

    /// <summary>The greatest move of a point from the middle, in ranges.</summary>
    public double Moved(double[] point) => Basins.Distance(encoding.Encode(point), middle);

    /// <summary>The mean and its gradient.</summary>
    public double Mean(ReadOnlySpan<double> at, Span<double> slope)
    {
        Put(at);
        var mean = process.PredictMean(place, gradient);
        for (var i = 0; i < at.Length; i++)
            slope[i] = gradient[Numbers[i].Coordinate];
        return mean;
    }

    /// <summary>The negative logarithm of the expected improvement on a loss, and its gradient.</summary>
    public BoundedMinimizer.Function LossOfImprovement(double on)
    {
        var improvement = new ExpectedImprovement(process, on);
        return (at, slope) =>
        {
            Put(at);
            var value = improvement.At(place, gradient, work);
            for (var i = 0; i < at.Length; i++)
                slope[i] = -gradient[Numbers[i].Coordinate];
            return -value;
        };
    }

    private void Put(ReadOnlySpan<double> at)
    {
        for (var i = 0; i < at.Length; i++)
            place[Numbers[i].Coordinate] = at[i];
    }
}
