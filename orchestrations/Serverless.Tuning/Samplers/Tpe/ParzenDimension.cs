using System.Runtime.Intrinsics;
using Serverless.Tuning.Numerics;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>The kernels of one dimension: a normal distribution cut off at the bounds for each trial, or a choice that is more likely than the others. The last kernel is the prior.</summary>
internal sealed class ParzenDimension
{
    /// <summary>A step this narrow against the kernel is taken for its density times its width; the relative error is below 0.1² / 24.</summary>
    private const double Narrow = 0.1;

    /// <summary>What lies farther out, in deviations, is less than the last of 16 digits.</summary>
    private const double Far = 8.3;

    private const double LogSqrtTwoPi = 0.91893853320467274178;

    private double[] inverse = [];
    private int count;
    private double logHit;
    private double logMiss;

    public Dimension Dimension { get; private set; } = null!;

    /// <summary>The kernels' places: warped coordinates, or indices of choices.</summary>
    public double[] Centers { get; private set; } = [];

    /// <summary>The kernels' widths; not for choices.</summary>
    public double[] Widths { get; private set; } = [];

    /// <summary>The warped bounds, half a step beyond the least and the greatest value.</summary>
    public double Low { get; private set; }

    /// <summary>The upper one.</summary>
    public double High { get; private set; }

    /// <summary>Makes room for kernels, the prior among them; their centers and widths come next.</summary>
    public void Begin(Dimension dimension, int kernels)
    {
        (Dimension, count) = (dimension, kernels);
        (Low, High) = (dimension.Warp(dimension.EdgeLow), dimension.Warp(dimension.EdgeHigh));
        var padded = (kernels + 3) & ~3;
        if (Centers.Length < padded)
            (Centers, Widths, inverse) = (new double[2 * padded], new double[2 * padded], new double[2 * padded]);
        for (var index = kernels; index < padded; index++)
            (Centers[index], Widths[index]) = (0.5 * (Low + High), High - Low);
        (Centers[kernels - 1], Widths[kernels - 1]) = (0.5 * (Low + High), High - Low);
    }

    /// <summary>Takes what every point's density in this dimension has in common off the kernels' logarithms.</summary>
    public void Normalize(Span<double> logarithms, double priorWeight)
    {
        if (Dimension.Kind == DimensionKind.Categorical)
        {
            var share = priorWeight / count;
            var total = 1 + share * Dimension.Cardinality;
            (logHit, logMiss) = count == 1 ? (-Math.Log(Dimension.Cardinality), -Math.Log(Dimension.Cardinality)) : (Math.Log((1 + share) / total), Math.Log(share / total));
            return;
        }

        for (var index = 0; index < logarithms.Length; index += 4)
        {
            var scale = Vector256<double>.One / Vector256.Create<double>(Widths.AsSpan(index, 4));
            scale.CopyTo(inverse, index);
            var center = Vector256.Create<double>(Centers.AsSpan(index, 4));
            var (from, to) = ((Vector256.Create(Low) - center) * scale, (Vector256.Create(High) - center) * scale);
            var whole = Vector256.LessThanAll(from, Vector256.Create(-Far)) && Vector256.GreaterThanAll(to, Vector256.Create(Far));
            var mass = whole ? Vector256<double>.One : NormalTail.Between(from, to);
            var taken = Dimension.Step == 0 ? Vector256.Log(mass / scale) + Vector256.Create(LogSqrtTwoPi) : Vector256.Log(mass);
            (Vector256.Create<double>(logarithms.Slice(index, 4)) - taken).CopyTo(logarithms.Slice(index, 4));
        }
    }

    /// <summary>Adds the logarithms of the kernels' densities at a coordinate, but for what <see cref="Normalize"/> took.</summary>
    public void Add(double coordinate, Span<double> logarithms)
    {
        if (Dimension.Kind == DimensionKind.Categorical)
            AddChoice(coordinate, logarithms);
        else if (Dimension.Step == 0)
            AddDensity(Dimension.Warp(coordinate), logarithms);
        else
            AddMass(Dimension.Warp(coordinate - Dimension.Step / 2), Dimension.Warp(coordinate + Dimension.Step / 2), logarithms);
    }

    /// <summary>How likely a kernel's own choice is, and each other one.</summary>
    public (double Hit, double Miss) Likelihoods(int kernel) => kernel == count - 1 ? (1 / Dimension.Cardinality, 1 / Dimension.Cardinality) : (Math.Exp(logHit), Math.Exp(logMiss));

    private void AddChoice(double choice, Span<double> logarithms)
    {
        for (var index = 0; index < logarithms.Length; index++)
            logarithms[index] += Centers[index] == choice ? logHit : logMiss;
        logarithms[count - 1] += -Math.Log(Dimension.Cardinality) - (Centers[count - 1] == choice ? logHit : logMiss);
    }

    private void AddDensity(double x, Span<double> logarithms)
    {
        for (var index = 0; index < logarithms.Length; index += 4)
        {
            var z = (Vector256.Create(x) - Vector256.Create<double>(Centers.AsSpan(index, 4))) * Vector256.Create<double>(inverse.AsSpan(index, 4));
            (Vector256.Create<double>(logarithms.Slice(index, 4)) - z * z * 0.5).CopyTo(logarithms.Slice(index, 4));
        }
    }

    private void AddMass(double from, double to, Span<double> logarithms)
    {
        var middle = Vector256.Create(0.5 * (from + to));
        var width = Vector256.Create(to - from);
        for (var index = 0; index < logarithms.Length; index += 4)
        {
            var center = Vector256.Create<double>(Centers.AsSpan(index, 4));
            var scale = Vector256.Create<double>(inverse.AsSpan(index, 4));
            var z = (middle - center) * scale;
            var logarithm = Vector256.LessThanAll(width * scale, Vector256.Create(Narrow))
                ? Vector256.Log(width * scale) - Vector256.Create(LogSqrtTwoPi) - z * z * 0.5
                : Vector256.Log(NormalTail.Between((Vector256.Create(from) - center) * scale, (Vector256.Create(to) - center) * scale));
            (Vector256.Create<double>(logarithms.Slice(index, 4)) + logarithm).CopyTo(logarithms.Slice(index, 4));
        }
    }
}
