using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Numerics;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>
/// Looks for the permitted point with the greatest worth: an even filling of the space and neighbours of the best trials are looked at,
/// from the best of them a gradient search moves the numbers, and single choices and steps are changed as long as that helps.
/// </summary>
/// <param name="encoding">The space.</param>
/// <param name="known">What the model knows.</param>
/// <param name="random">For shifts and neighbours.</param>
internal sealed class AcquisitionSearch(Encoding encoding, Observations known, RandomSource random)
{
    private const int Refined = 4;
    private const int GradientSteps = 25;
    private const int Neighbours = 5;

    /// <summary>How many places are looked at: as many as cost about the same time whatever the model's size.</summary>
    private int Looks => (int)Math.Clamp(4e6 / Math.Max(1.0, (double)known.Places.Count * known.Places.Count), 150, 600);

    /// <summary>The point.</summary>
    public double[] Best(IAcquisition acquisition)
    {
        var looked = new List<(double Value, double[] Point)>();
        foreach (var point in Candidates())
        {
            if (encoding.Space.IsPermitted(point) && !known.Has(point))
                looked.Add((acquisition.At(encoding.Encode(point)), point));
        }

        if (looked.Count == 0)
            return Sampling.UniformPoints.Draw(encoding.Space, random);
        var best = looked.MaxBy(look => look.Value);
        foreach (var look in looked.OrderByDescending(look => look.Value).Take(Refined))
        {
            var refined = Exchange(acquisition, Climb(acquisition, look), best.Value);
            if (refined.Value > best.Value)
                best = refined;
        }

        return best.Point;
    }

    private IEnumerable<double[]> Candidates()
    {
        var cube = new double[encoding.Space.Dimensions.Count];
        var lattice = new Lattice([.. cube.Select(_ => random.NextUniform())]);
        int[] best = [.. Enumerable.Range(0, known.Losses.Length).OrderBy(index => known.Losses[index]).Take(Neighbours)];
        for (var look = 0; look < Looks; look++)
        {
            if (look % 3 == 2)
            {
                // Half of the neighbours are the very best one's.
                yield return Neighbour(known.Trials[best[random.NextBelow(2) == 0 ? 0 : random.NextBelow(best.Length)]].Point);
                continue;
            }

            lattice.Point(look, cube);
            yield return encoding.FromCube(cube);
        }
    }

    /// <summary>A point with about four of the dimensions changed, by anything from a fifth of the range to a five-thousandth.</summary>
    private double[] Neighbour(ReadOnlySpan<double> from)
    {
        var point = from.ToArray();
        var reach = 0.2 * Math.Pow(10, -3 * random.NextUniform());
        var share = Math.Min(1, 4.0 / encoding.Searched.Count);
        foreach (var dimension in encoding.Searched)
        {
            if (random.NextUniform() >= share)
                continue;
            if (double.IsNaN(point[dimension.Index]) || dimension.Kind == DimensionKind.Categorical)
                point[dimension.Index] = dimension.FromUnit(random.NextUniform());
            else
                point[dimension.Index] = dimension.FromUnit(dimension.ToUnit(point[dimension.Index]) + Math.Max(reach, 0.5 / dimension.Cardinality) * random.NextNormal());
        }

        // A changed choice may bring dimensions that were not there.
        foreach (var dimension in encoding.Searched)
        {
            if (double.IsNaN(point[dimension.Index]))
                point[dimension.Index] = dimension.FromUnit(random.NextUniform());
        }

        encoding.Space.Complete(point);
        return point;
    }

    private (double Value, double[] Point) Climb(IAcquisition acquisition, (double Value, double[] Point) from)
    {
        var numbers = encoding.NumbersAt(from.Point);
        if (numbers.Count == 0)
            return from;
        var place = encoding.Encode(from.Point);
        double[] gradient = new double[place.Length], work = new double[place.Length];
        double[] units = [.. numbers.Select(number => place[number.Coordinate])], lower = new double[units.Length], upper = new double[units.Length];
        Array.Fill(upper, 1.0);
        new BoundedMinimizer(units.Length).Minimize(Descend, units, lower, upper, GradientSteps, 1e-4);
        double[] point = [.. from.Point];
        for (var i = 0; i < units.Length; i++)
            point[numbers[i].Dimension.Index] = numbers[i].Dimension.FromUnit(units[i]);
        encoding.Complete(point);
        return Judge(acquisition, point) is var value && value > from.Value ? (value, point) : from;

        double Descend(ReadOnlySpan<double> at, Span<double> slope)
        {
            for (var i = 0; i < at.Length; i++)
                place[numbers[i].Coordinate] = at[i];
            var value = acquisition.At(place, gradient, work);
            for (var i = 0; i < at.Length; i++)
                slope[i] = -gradient[numbers[i].Coordinate];
            return -value;
        }
    }

    /// <summary>Tries each other choice and each step to a side, once around. One far worse than the best is not worth it.</summary>
    private (double Value, double[] Point) Exchange(IAcquisition acquisition, (double Value, double[] Point) from, double best)
    {
        if (from.Value < best - 2)
            return from;
        foreach (var dimension in encoding.Searched.Where(dimension => dimension.Kind != DimensionKind.Continuous))
        {
            var value = from.Point[dimension.Index];
            if (double.IsNaN(value))
                continue;
            foreach (var other in dimension.Kind == DimensionKind.Categorical ? Enumerable.Range(0, (int)dimension.Cardinality).Select(choice => (double)choice) : [value - dimension.Step, value + dimension.Step])
            {
                double[] point = [.. from.Point];
                point[dimension.Index] = dimension.Snap(other);
                if (point[dimension.Index] == value)
                    continue;
                encoding.Complete(point);
                if (Judge(acquisition, point) is var changed && changed > from.Value)
                    from = (changed, point);
            }
        }

        return from;
    }

    private double Judge(IAcquisition acquisition, double[] point) =>
        encoding.Space.IsPermitted(point) && !known.Has(point) ? acquisition.At(encoding.Encode(point)) : double.NegativeInfinity;
}
