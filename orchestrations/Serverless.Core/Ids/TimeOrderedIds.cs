using System.Security.Cryptography;

namespace Serverless.Core.Ids;

/// <summary>Ids from 50 bits of milliseconds and 50 random bits, in Crockford's base 32, lower case.</summary>
/// <param name="clock">Where the time comes from.</param>
public sealed class TimeOrderedIds(TimeProvider clock) : IIdSource
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <inheritdoc/>
    public string Next(string prefix)
    {
        Span<char> text = stackalloc char[20];
        Write(text[..10], (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds());
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        Write(text[10..], BitConverter.ToUInt64(random));
        return $"{prefix}-{text}";
    }

    private static void Write(Span<char> target, ulong value)
    {
        for (var i = target.Length - 1; i >= 0; i--, value >>= 5)
            target[i] = Alphabet[(int)(value & 31)];
    }
}
