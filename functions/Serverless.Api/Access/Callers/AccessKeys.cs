using System.Security.Cryptography;
using System.Text;

namespace Serverless.Api.Access.Callers;

/// <summary>The keys that the host was started with.</summary>
/// <param name="keys">The keys.</param>
internal sealed class AccessKeys(IEnumerable<AccessKey> keys)
{
    /// <summary>Longest key that is looked at: what is longer is none of ours, and hashing it would be work for a stranger.</summary>
    public const int MaxLength = 512;

    private readonly (Caller Caller, byte[] Sha256)[] known = [.. keys.Select(key => (new Caller(key.Name, key.Scopes), key.Sha256.ToArray()))];

    /// <summary>Whose key it is; null when it is none. Every known key is compared, each in the same time, so that the time tells nothing.</summary>
    public Caller? Find(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        Caller? found = null;
        foreach (var (caller, sha256) in known)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, sha256))
                found = caller;
        }

        return found;
    }
}
