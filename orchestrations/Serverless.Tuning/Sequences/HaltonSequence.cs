using Serverless.Tuning.Randomness;

namespace Serverless.Tuning.Sequences;

/// <summary>
/// Halton's sequence (Numerische Mathematik 2, 1960), each digit permuted by chance (Owen, A Randomized Halton Algorithm in R, arXiv 1706.02808). The permutations are kept
/// once they are known.
/// </summary>
internal sealed class HaltonSequence
{
    /// <summary>Digits beyond these are too small for a double.</summary>
    private const double Precision = 1e-16;

    private readonly long? seed;
    private readonly Dictionary<(int Dimension, int Digit), int[]> permutations = [];
    private readonly List<int> primes = [2];

    /// <summary>Made with a seed that decides the permutations; null: none.</summary>
    public HaltonSequence(long? seed) => this.seed = seed;

    /// <summary>A coordinate in [0, 1).</summary>
    /// <param name="index">Which point, from 0.</param>
    /// <param name="dimension">Which dimension, from 0.</param>
    public double At(long index, int dimension)
    {
        var radix = Prime(dimension);
        var (value, place) = (0.0, 1.0 / radix);
        for (var digit = 0; place > Precision && (index > 0 || seed is not null); digit++)
        {
            value += place * Permuted(dimension, digit, (int)(index % radix));
            index /= radix;
            place /= radix;
        }

        return Math.Min(value, 1 - Precision);
    }

    private int Permuted(int dimension, int digit, int value)
    {
        if (seed is not { } given)
            return value;
        if (!permutations.TryGetValue((dimension, digit), out var permutation))
        {
            permutation = [.. Enumerable.Range(0, Prime(dimension))];
            new RandomSource(unchecked(given * 1_000_003 + dimension * 8_191L + digit)).Shuffle<int>(permutation);
            permutations[(dimension, digit)] = permutation;
        }

        return permutation[value];
    }

    private int Prime(int index)
    {
        for (var candidate = primes[^1] + 1; primes.Count <= index; candidate++)
        {
            if (primes.TrueForAll(prime => candidate % prime != 0))
                primes.Add(candidate);
        }

        return primes[index];
    }
}
