using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Grid;

/// <summary>
/// Every combination of some values of each parameter, once: all choices and levels, and numbers at equal distances from end to end. They come in an order
/// that spreads them, so that a study that is stopped early has seen all of the space a little.
/// </summary>
public sealed class GridSampler : ISampler
{
    /// <summary>The most points that are counted; a greater grid is drawn from by chance, and never ends.</summary>
    private const double MaxPoints = 1e15;

    /// <summary>How many points may be passed over at once because they are forbidden, or the same as another.</summary>
    private const int MaxSkips = 1_000_000;

    private const string State = "grid";

    private readonly int points;

    /// <summary>Made with its setting.</summary>
    /// <param name="points">How many values of a number are tried; at least 2. A stepped one that has fewer has them all.</param>
    public GridSampler(int points = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        this.points = points;
    }

    /// <inheritdoc/>
    public string Name => "grid";

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        var counts = history.Space.Dimensions.Select(Count).ToArray();
        var total = counts.Aggregate(1.0, (product, count) => product * count);
        if (total > MaxPoints)
            return new Proposal([.. history.Space.Dimensions.Select(dimension => Value(dimension, random.NextBelow(counts[dimension.Index]), counts))]);

        double[] state = memory.Row(State) ?? [0, Math.Floor(random.NextUniform() * total)];
        var stride = Stride((long)total);
        for (var (next, skipped) = ((long)state[0], 0); next < (long)total && skipped < MaxSkips; next++, skipped++)
        {
            var place = (long)(((Int128)stride * next + (Int128)state[1]) % (Int128)total);
            if (Point(history.Space, place, counts) is { } point)
                return new Proposal(point) { Memory = new SamplerMemory(new Dictionary<string, double[]> { [State] = [next + 1.0, state[1]] }) };
        }

        return new Proposal([]) { Exhausted = true };
    }

    private int Count(Dimension dimension) => dimension.Kind switch
    {
        DimensionKind.Fixed => 1,
        DimensionKind.Categorical or DimensionKind.Ordinal => (int)dimension.Cardinality,
        DimensionKind.Continuous or DimensionKind.Stepped => (int)Math.Min(points, dimension.Cardinality),
        _ => throw new InvalidOperationException($"The dimension '{dimension.Name}' is of the unknown kind '{dimension.Kind}'. Use one of the kinds of this library."),
    };

    /// <summary>The point at a place; null when it is forbidden, or differs from another only in what is not there.</summary>
    private static double[]? Point(SearchSpace space, long place, int[] counts)
    {
        var point = new double[counts.Length];
        Array.Fill(point, double.NaN);
        foreach (var dimension in space.Dimensions)
        {
            var digit = (int)(place % counts[dimension.Index]);
            place /= counts[dimension.Index];
            if (space.IsActive(dimension, point))
                point[dimension.Index] = Value(dimension, digit, counts);
            else if (digit != 0)
                return null;
        }

        return space.IsPermitted(point) ? point : null;
    }

    private static double Value(Dimension dimension, int digit, int[] counts)
    {
        var count = counts[dimension.Index];
        if (count == 1)
            return dimension.Low;
        var share = digit / (count - 1.0);
        var (low, high) = (dimension.Warp(dimension.Low), dimension.Warp(dimension.High));
        return dimension.Snap(dimension.Unwarp(low + share * (high - low)));
    }

    /// <summary>A number near the golden section of the total that has no divisor in common with it: its multiples spread evenly, and visit every place once.</summary>
    private static long Stride(long total)
    {
        var stride = Math.Max(1, (long)(total * 0.6180339887498949));
        while (Common(stride, total) != 1)
            stride++;
        return stride;
    }

    private static long Common(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
