using System.Numerics;

namespace Serverless.Tuning.Sequences;

/// <summary>
/// Sobol's sequence with the direction numbers of Joe and Kuo (Constructing Sobol Sequences with Better Two-Dimensional Projections, SIAM J. Sci. Comput. 30, 2008),
/// scrambled as Owen's nested permutations are by hashing (Burley, Practical Hash-Based Owen Scrambling, JCGT 9, 2020).
/// </summary>
internal static class SobolSequence
{
    private const int Bits = 32;

    private static readonly uint[][] Directions = [.. Enumerable.Range(0, JoeKuoNumbers.Polynomials.Length).Select(DirectionsOf)];

    /// <summary>How many dimensions there are.</summary>
    public static int MaxDimensions => Directions.Length;

    /// <summary>A coordinate in [0, 1).</summary>
    /// <param name="index">Which point, from 0.</param>
    /// <param name="dimension">Which dimension, from 0.</param>
    /// <param name="seed">Decides the scrambling; null: none.</param>
    public static double At(uint index, int dimension, uint? seed)
    {
        uint bits = 0;
        for (var bit = 0; index >> bit != 0 && bit < Bits; bit++)
            bits ^= (index >> bit & 1) != 0 ? Directions[dimension][bit] : 0;
        return seed is { } given
            ? (Scramble(bits, Mix(given ^ Mix((uint)dimension + 1))) + 0.5) / (1L << Bits)
            : bits / (double)(1L << Bits);
    }

    /// <summary>A permutation in which each bit depends on the seed and the bits above it.</summary>
    private static uint Scramble(uint bits, uint seed)
    {
        var x = Reverse(bits);
        x += seed;
        x ^= x * 0x6c50b47cu;
        x ^= x * 0xb82f1e52u;
        x ^= x * 0xc7afe638u;
        x ^= x * 0x8d22f6e6u;
        return Reverse(x);
    }

    private static uint Mix(uint x)
    {
        x = (x ^ x >> 16) * 0x7feb352du;
        x = (x ^ x >> 15) * 0x846ca68bu;
        return x ^ x >> 16;
    }

    private static uint Reverse(uint x)
    {
        x = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
        x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
        x = (x >> 4 & 0x0F0F0F0F) | (x & 0x0F0F0F0F) << 4;
        x = (x >> 8 & 0x00FF00FF) | (x & 0x00FF00FF) << 8;
        return BitOperations.RotateLeft(x, 16);
    }

    private static uint[] DirectionsOf(int dimension)
    {
        var directions = new uint[Bits];
        if (dimension == 0)
            return [.. Enumerable.Range(0, Bits).Select(bit => 1u << (Bits - 1 - bit))];
        var polynomial = JoeKuoNumbers.Polynomials[dimension];
        var degree = BitOperations.Log2((uint)polynomial);
        for (var bit = 0; bit < Bits; bit++)
        {
            if (bit < degree)
            {
                directions[bit] = (uint)JoeKuoNumbers.Initial[dimension][bit] << (Bits - 1 - bit);
                continue;
            }

            directions[bit] = directions[bit - degree] ^ directions[bit - degree] >> degree;
            for (var term = 1; term < degree; term++)
                directions[bit] ^= (polynomial >> (degree - term) & 1) != 0 ? directions[bit - term] : 0;
        }

        return directions;
    }
}
