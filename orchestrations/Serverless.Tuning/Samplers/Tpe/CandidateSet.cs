using Serverless.Tuning.Randomness;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>Points of a block drawn from the density of the good trials.</summary>
internal sealed class CandidateSet
{
    /// <summary>How often a normal number is drawn until it is within bounds; a kernel has at least a third of its mass there, so chance never gets this far.</summary>
    private const int MaxDraws = 1_000;

    private double[] coordinates = [];
    private int dimensions;
    private int count;

    public double Coordinate(int dimension, int candidate) => coordinates[candidate * dimensions + dimension];

    public void Draw(ParzenMixture mixture, IReadOnlyList<Dimension> block, int candidates, RandomSource random)
    {
        (dimensions, count) = (block.Count, candidates);
        if (coordinates.Length < dimensions * count)
            coordinates = new double[dimensions * count];
        for (var candidate = 0; candidate < count; candidate++)
        {
            var kernel = random.NextIndex(mixture.Weights);
            for (var index = 0; index < dimensions; index++)
                coordinates[candidate * dimensions + index] = Draw(mixture[index], kernel, random);
        }
    }

    /// <summary>The candidate that is most likely among the good trials against the others.</summary>
    public int Best(ParzenMixture good, ParzenMixture bad)
    {
        var (best, greatest) = (0, double.NegativeInfinity);
        for (var candidate = 0; candidate < count; candidate++)
        {
            var point = coordinates.AsSpan(candidate * dimensions, dimensions);
            var gain = good.LogDensity(point) - bad.LogDensity(point);
            if (gain > greatest)
                (best, greatest) = (candidate, gain);
        }

        return best;
    }

    private static double Draw(ParzenDimension kernels, int kernel, RandomSource random)
    {
        if (kernels.Dimension.Kind == DimensionKind.Categorical)
            return DrawChoice(kernels, kernel, random);
        var (center, width) = (kernels.Centers[kernel], kernels.Widths[kernel]);
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var warped = center + width * random.NextNormal();
            if (warped >= kernels.Low && warped <= kernels.High)
                return kernels.Dimension.Snap(kernels.Dimension.Unwarp(warped));
        }

        return kernels.Dimension.Snap(kernels.Dimension.Unwarp(center));
    }

    private static double DrawChoice(ParzenDimension kernels, int kernel, RandomSource random)
    {
        var choices = (int)kernels.Dimension.Cardinality;
        var (hit, miss) = kernels.Likelihoods(kernel);
        var own = kernels.Centers[kernel];
        if (double.IsNaN(own))
            return random.NextBelow(choices);
        if (random.NextUniform() < hit / (hit + (choices - 1) * miss))
            return own;
        var other = random.NextBelow(choices - 1);
        return other < own ? other : other + 1;
    }
}
