using System.Globalization;

namespace Serverless.Tuning.Randomness;

/// <summary>The whole state of a <see cref="RandomSource"/>: 256 bits.</summary>
/// <param name="A">The first word.</param>
/// <param name="B">The second word.</param>
/// <param name="C">The third word.</param>
/// <param name="D">The fourth word. Not all four are 0.</param>
public readonly record struct RandomState(ulong A, ulong B, ulong C, ulong D)
{
    private const int Digits = 16;

    /// <summary>The state that a seed stands for: four words of splitmix64 (Steele, Lea, Flood 2014), as the authors of xoshiro advise.</summary>
    public static RandomState OfSeed(long seed)
    {
        var state = unchecked((ulong)seed);
        return new(Next(ref state), Next(ref state), Next(ref state), Next(ref state));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">64 hexadecimal digits.</param>
    /// <exception cref="FormatException">The text is something else, or all zeros.</exception>
    public static RandomState Parse(string text)
    {
        if (text.Length != 4 * Digits || !text.All(char.IsAsciiHexDigit) || text.All(digit => digit == '0'))
            throw new FormatException($"The state of the random generator must be 64 hexadecimal digits that are not all 0, but it is '{text}'. Take it from a saved study unchanged.");
        return new(Word(text, 0), Word(text, 1), Word(text, 2), Word(text, 3));
    }

    /// <summary>64 hexadecimal digits: a JSON number would lose bits.</summary>
    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";

    private static ulong Word(string text, int index) => ulong.Parse(text.AsSpan(index * Digits, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
