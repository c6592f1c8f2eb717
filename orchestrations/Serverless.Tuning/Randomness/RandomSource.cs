using System.Numerics;

namespace Serverless.Tuning.Randomness;

/// <summary>
/// A small generator with a savable state: xoshiro256** 1.0 (Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47, 2021).
/// Nothing is kept beside <see cref="State"/>, so a saved and restored source gives the same numbers. Not for secrets.
/// </summary>
public sealed class RandomSource
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    /// <summary>Continues from a state.</summary>
    public RandomSource(RandomState state) => (a, b, c, d) = state;

    /// <summary>Begins from a seed; any number will do.</summary>
    public RandomSource(long seed)
        : this(RandomState.OfSeed(seed))
    {
    }

    /// <summary>What to save.</summary>
    public RandomState State => new(a, b, c, d);

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number in (0, 1): neither end, for what takes its logarithm.</summary>
    public double NextOpenUniform() => ((NextBits() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>A whole number in [0, <paramref name="bound"/>), each equally likely (Lemire, Fast Random Integer Generation in an Interval, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var limit = (ulong)bound;
        var threshold = (0UL - limit) % limit;
        while (true)
        {
            var high = Math.BigMul(NextBits(), limit, out var low);
            if (low >= threshold)
                return (int)high;
        }
    }

    /// <summary>A number of the standard normal distribution (Box and Muller 1958; the second of the pair is not kept, so that the state stays four words).</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(NextOpenUniform()));
        return radius * Math.Cos(2 * Math.PI * NextUniform());
    }

    /// <summary>Puts the items into a random order, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextBelow(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>An index with the given weights.</summary>
    /// <param name="weights">At least one, none negative, not all 0; they need not add up to 1.</param>
    public int NextIndex(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var left = NextUniform() * total;
        for (var index = 0; index < weights.Length - 1; index++)
        {
            left -= weights[index];
            if (left < 0)
                return index;
        }

        return weights.Length - 1;
    }
}
