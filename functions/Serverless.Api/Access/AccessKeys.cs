using System.Security.Cryptography;
using System.Text;

namespace Serverless.Api.Access;

/// <summary>The keys that are known here.</summary>
/// <param name="keys">The keys.</param>
internal sealed class AccessKeys(IEnumerable<AccessKey> keys)
{
    /// <summary>Longest key that is looked at: what is longer is none of ours, and hashing it would be work for a stranger.</summary>
    public const int MaxLength = 512;

    private readonly (string Name, byte[] Sha256, AccessScopes Scopes)[] known = [.. keys.Select(key => (key.Name, key.Sha256.ToArray(), key.Scopes))];

    /// <summary>Whose key it is; null when it is none. Every known key is compared, each in the same time, so that the time tells nothing.</summary>
    public (string Name, AccessScopes Scopes)? Find(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        (string, AccessScopes)? found = null;
        foreach (var (name, sha256, scopes) in known)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, sha256))
                found = (name, scopes);
        }

        return found;
    }
}
