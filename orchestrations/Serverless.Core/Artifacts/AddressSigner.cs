using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Core.Artifacts;

/// <summary>Signs and checks the short-lived addresses of stores that have none of their own: HMAC-SHA-256 over verb, path and end.</summary>
public sealed class AddressSigner
{
    private readonly byte[] key;
    private readonly TimeProvider clock;

    /// <summary>Makes a signer.</summary>
    /// <param name="key">The secret, at least 32 bytes.</param>
    /// <param name="clock">Tells when an address has ended.</param>
    public AddressSigner(ReadOnlySpan<byte> key, TimeProvider clock)
    {
        if (key.Length < 32)
            throw new ArgumentException($"The signing key has {key.Length} bytes; at least 32 are needed.", nameof(key));
        this.key = key.ToArray();
        this.clock = clock;
    }

    /// <summary>The query string (with its question mark) that proves the address.</summary>
    public string Sign(ArtifactPath path, ArtifactVerb verb, DateTimeOffset expiresAt)
    {
        var end = expiresAt.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"?verb={Word(verb)}&expires={end}&signature={Base64Url.EncodeToString(Mac(path, verb, end))}");
    }

    /// <summary>Whether an address is proved and has not ended. The comparison takes the same time whatever differs.</summary>
    public bool Verify(ArtifactPath path, ArtifactVerb verb, string? expires, string? signature)
    {
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var end) || signature is not { Length: 43 })
            return false;
        Span<byte> given = stackalloc byte[32];
        if (!Base64Url.IsValid(signature) || !Base64Url.TryDecodeFromChars(signature, given, out var written) || written != 32)
            return false;
        return CryptographicOperations.FixedTimeEquals(given, Mac(path, verb, end)) & clock.GetUtcNow().ToUnixTimeSeconds() < end;
    }

    private byte[] Mac(ArtifactPath path, ArtifactVerb verb, long end) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Word(verb)}\n{end}\n{path.Value}")));

    private static string Word(ArtifactVerb verb) => verb switch
    {
        ArtifactVerb.Read => "read",
        ArtifactVerb.Write => "write",
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };
}
