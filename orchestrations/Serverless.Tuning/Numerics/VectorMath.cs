using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Tuning.Numerics;

/// <summary>
/// Sums over vectors, always in four lanes and never with a fused multiply-add: the same operations in the same order, so every machine
/// computes the same bits.
/// </summary>
internal static class VectorMath
{
    private const int Lanes = 4;
    private const double Shifter = 6755399441055744.0; // 1.5 · 2^52: adding it rounds to an integer in the low bits

    /// <summary>The sum of the products of two vectors of one length.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right[..left.Length]);
        var even = Vector256<double>.Zero;
        var odd = Vector256<double>.Zero;
        nuint i = 0;
        var length = (nuint)left.Length;
        for (; i + 2 * Lanes <= length; i += 2 * Lanes)
        {
            even += Vector256.LoadUnsafe(ref a, i) * Vector256.LoadUnsafe(ref b, i);
            odd += Vector256.LoadUnsafe(ref a, i + Lanes) * Vector256.LoadUnsafe(ref b, i + Lanes);
        }

        for (; i + Lanes <= length; i += Lanes)
            even += Vector256.LoadUnsafe(ref a, i) * Vector256.LoadUnsafe(ref b, i);
        var sum = Sum(even + odd);
        for (; i < length; i++)
            sum += left[(int)i] * right[(int)i];
        return sum;
    }

    /// <summary>Adds a multiple of <paramref name="source"/> to <paramref name="target"/>.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source[..target.Length]);
        nuint i = 0;
        var length = (nuint)target.Length;
        for (; i + Lanes <= length; i += Lanes)
            (Vector256.LoadUnsafe(ref t, i) + Vector256.LoadUnsafe(ref s, i) * factor).StoreUnsafe(ref t, i);
        for (; i < length; i++)
            target[(int)i] += factor * source[(int)i];
    }

    /// <summary>Multiplies <paramref name="target"/> by <paramref name="source"/>, element by element.</summary>
    public static void Multiply(Span<double> target, ReadOnlySpan<double> source)
    {
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source[..target.Length]);
        nuint i = 0;
        var length = (nuint)target.Length;
        for (; i + Lanes <= length; i += Lanes)
            (Vector256.LoadUnsafe(ref t, i) * Vector256.LoadUnsafe(ref s, i)).StoreUnsafe(ref t, i);
        for (; i < length; i++)
            target[(int)i] *= source[(int)i];
    }

    /// <summary>Adds weight · (value − source)² to <paramref name="target"/>, element by element.</summary>
    public static void AddSquaredDistances(Span<double> target, double weight, double value, ReadOnlySpan<double> source)
    {
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source[..target.Length]);
        nuint i = 0;
        var length = (nuint)target.Length;
        var here = Vector256.Create(value);
        for (; i + Lanes <= length; i += Lanes)
        {
            var gap = here - Vector256.LoadUnsafe(ref s, i);
            (Vector256.LoadUnsafe(ref t, i) + gap * gap * weight).StoreUnsafe(ref t, i);
        }

        for (; i < length; i++)
            target[(int)i] += (value - source[(int)i]) * (value - source[(int)i]) * weight;
    }

    /// <summary>The sum of weight[i] · (value − source[i])².</summary>
    public static double WeightedSquaredDistance(ReadOnlySpan<double> weights, double value, ReadOnlySpan<double> source)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var s = ref MemoryMarshal.GetReference(source[..weights.Length]);
        nuint i = 0;
        var length = (nuint)weights.Length;
        var here = Vector256.Create(value);
        var total = Vector256<double>.Zero;
        for (; i + Lanes <= length; i += Lanes)
        {
            var gap = here - Vector256.LoadUnsafe(ref s, i);
            total += gap * gap * Vector256.LoadUnsafe(ref w, i);
        }

        var sum = Sum(total);
        for (; i < length; i++)
            sum += (value - source[(int)i]) * (value - source[(int)i]) * weights[(int)i];
        return sum;
    }

    /// <summary>e to the power of each lane, for lanes in [−700, 0]; to about two units in the last place.</summary>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.Max(x, Vector256.Create(-700.0));
        var shifted = x * 1.4426950408889634 + Vector256.Create(Shifter);
        var whole = shifted - Vector256.Create(Shifter);
        var r = x - whole * 0.693147180369123816490 - whole * 1.90821492927058770002e-10; // ln 2 in two parts (Cody and Waite)
        var p = Vector256.Create(1.0 / 6227020800);
        p = p * r + Vector256.Create(1.0 / 479001600);
        p = p * r + Vector256.Create(1.0 / 39916800);
        p = p * r + Vector256.Create(1.0 / 3628800);
        p = p * r + Vector256.Create(1.0 / 362880);
        p = p * r + Vector256.Create(1.0 / 40320);
        p = p * r + Vector256.Create(1.0 / 5040);
        p = p * r + Vector256.Create(1.0 / 720);
        p = p * r + Vector256.Create(1.0 / 120);
        p = p * r + Vector256.Create(1.0 / 24);
        p = p * r + Vector256.Create(1.0 / 6);
        p = p * r + Vector256.Create(0.5);
        p = p * r + Vector256<double>.One;
        p = p * r + Vector256<double>.One;
        return (p.AsInt64() + Vector256.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
    }

    private static double Sum(Vector256<double> v) => v.GetElement(0) + v.GetElement(1) + (v.GetElement(2) + v.GetElement(3));
}
