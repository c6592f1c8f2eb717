using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>A density over a block of dimensions: a kernel at each trial, and a prior over all of the space. Its arrays are used again for the next.</summary>
internal sealed class ParzenMixture
{
    /// <summary>A kernel that is less likely than the likeliest by more than this logarithm is left out: a million of them change nothing in 16 digits.</summary>
    private const double Negligible = -50;

    private readonly List<ParzenDimension> dimensions = [];
    private double[] weights = [];
    private double[] logarithms = [];
    private double[] work = [];
    private int[] members = [];
    private double[] ages = [];
    private int padded;

    /// <summary>How many kernels there are, the prior among them.</summary>
    public int Count { get; private set; }

    /// <summary>The kernels' weights; they add up to 1.</summary>
    public ReadOnlySpan<double> Weights => weights.AsSpan(0, Count);

    /// <summary>The kernels in a dimension of the block.</summary>
    public ParzenDimension this[int index] => dimensions[index];

    /// <summary>Makes the density of the good trials or of the others.</summary>
    public void Build(LearnedTrials learned, IReadOnlyList<Dimension> block, TpeOptions options, bool ofGood)
    {
        var ordered = options.Model == TpeModel.Independent && block[0].Kind != DimensionKind.Categorical;
        var trials = Collect(learned, block[0], options, ofGood, ordered);
        Count = trials + 1;
        padded = (Count + 3) & ~3;
        while (dimensions.Count < block.Count)
            dimensions.Add(new ParzenDimension());
        for (var index = 0; index < block.Count; index++)
        {
            var kernels = dimensions[index];
            kernels.Begin(block[index], Count);
            var column = learned.Column(block[index]);
            for (var kernel = 0; kernel < trials; kernel++)
                kernels.Centers[kernel] = column[members[kernel]];
            if (block[index].Kind == DimensionKind.Categorical)
                kernels.Centers[trials] = double.NaN;
            else
                Bandwidths.Fill(kernels, trials, ordered ? null : block.Count, options.MagicClip);
        }

        Weigh(options.PriorWeight, block.Count);
    }

    /// <summary>The logarithm of the density at a point of the block.</summary>
    public double LogDensity(ReadOnlySpan<double> point)
    {
        var sums = work.AsSpan(0, padded);
        logarithms.AsSpan(0, padded).CopyTo(sums);
        for (var index = 0; index < point.Length; index++)
            dimensions[index].Add(point[index], sums);
        return LogOfSum(sums);
    }

    private int Collect(LearnedTrials learned, Dimension first, TpeOptions options, bool ofGood, bool ordered)
    {
        var rows = learned.Rows;
        if (members.Length < rows + 4)
            (members, ages) = (new int[2 * rows + 4], new double[2 * rows + 4]);
        var column = learned.Column(first);
        var count = 0;
        var isGood = learned.IsGood;
        for (var row = 0; row < rows; row++)
        {
            if (isGood[row] == ofGood && !double.IsNaN(column[row]))
                members[count++] = row;
        }

        Grow((count + 4) & ~3);
        var byAge = weights.AsSpan(0, count);
        if (ofGood && learned.GoodWeights is { } given)
        {
            for (var kernel = 0; kernel < count; kernel++)
                byAge[kernel] = given.GetValueOrDefault(members[kernel], double.Epsilon);
        }
        else
        {
            TrialWeights.Fill(byAge, options.FullWeights);
        }

        if (ordered)
            Order(learned.Sorted(first), isGood, ofGood, count);
        return count;
    }

    private void Order(ReadOnlySpan<int> sorted, ReadOnlySpan<bool> isGood, bool ofGood, int count)
    {
        for (var kernel = 0; kernel < count; kernel++)
            ages[members[kernel]] = weights[kernel];
        var next = 0;
        foreach (var row in sorted)
        {
            if (isGood[row] != ofGood)
                continue;
            members[next] = row;
            weights[next++] = ages[row];
        }
    }

    private void Weigh(double priorWeight, int block)
    {
        weights[Count - 1] = priorWeight;
        var total = 0.0;
        foreach (var weight in Weights)
            total += weight;
        weights.AsSpan(Count, padded - Count).Clear();
        for (var kernel = 0; kernel < padded; kernel += 4)
        {
            var share = Vector256.LoadUnsafe(ref weights[kernel]) / Vector256.Create(total);
            share.CopyTo(weights, kernel);
            Vector256.Log(share).CopyTo(logarithms, kernel);
        }

        for (var index = 0; index < block; index++)
            dimensions[index].Normalize(logarithms.AsSpan(0, padded), priorWeight);
    }

    private void Grow(int size)
    {
        if (weights.Length < size)
            (weights, logarithms, work) = (new double[2 * size], new double[2 * size], new double[2 * size]);
    }

    private static double LogOfSum(Span<double> logarithms)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(logarithms);
        var greatest = Vector256.Create(double.NegativeInfinity);
        foreach (var vector in vectors)
            greatest = Vector256.Max(greatest, vector);
        var max = Math.Max(Math.Max(greatest[0], greatest[1]), Math.Max(greatest[2], greatest[3]));
        if (double.IsNegativeInfinity(max))
            return max;
        var sum = Vector256<double>.Zero;
        foreach (var vector in vectors)
        {
            var below = vector - Vector256.Create(max);
            if (Vector256.GreaterThanAny(below, Vector256.Create(Negligible)))
                sum += Vector256.Exp(below);
        }

        return Math.Log(sum[0] + sum[1] + (sum[2] + sum[3])) + max;
    }
}
