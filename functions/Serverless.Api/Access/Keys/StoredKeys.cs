using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Serverless.Api.Access.Callers;
using Serverless.Core.Access;

namespace Serverless.Api.Access.Keys;

/// <summary>
/// Looks keys up that were made over the API: <c>{id}.{256 random bits}</c>. The id finds the record, the hash of the whole text is compared in constant time.
/// A record is remembered for a moment, so that a prediction does not wait for the store; so a key that another host revokes works here for as long.
/// </summary>
internal sealed class StoredKeys(ApiKeySet keys, TimeProvider clock)
{
    /// <summary>How long a record is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    /// <summary>What every id begins with.</summary>
    public const string IdPrefix = "key";

    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<string, (ApiKeyRecord Record, DateTimeOffset Until)> remembered = new(StringComparer.Ordinal);

    /// <summary>Whose key it is; null when it is none, or has expired.</summary>
    public async Task<Caller?> FindAsync(string text, CancellationToken cancel)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= IdPrefix.Length || text.Length > AccessKeys.MaxLength || !text.StartsWith(IdPrefix + "-", StringComparison.Ordinal) || !IsId(text.AsSpan(0, dot)))
            return null;
        var record = await RecordAsync(text[..dot], cancel);
        var expected = Encoding.ASCII.GetBytes(record?.Sha256 ?? new string('0', 2 * SHA256.HashSizeInBytes));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(text)), expected) || record is not { Key: var key })
            return null;
        return key.ExpiresAt <= clock.GetUtcNow() ? null : new Caller(key.Name, AccessRoles.Scopes(key.Role), key.Endpoint);
    }

    /// <summary>Forgets what is remembered of a key.</summary>
    public void Forget(string id) => remembered.TryRemove(id, out _);

    /// <summary>The hash of a key's text, as it is stored.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<ApiKeyRecord?> RecordAsync(string id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (remembered.TryGetValue(id, out var known) && known.Until > now)
            return known.Record;
        if (await keys.FindAsync(id, cancel) is not { } record)
        {
            remembered.TryRemove(id, out _);
            return null;
        }

        if (remembered.Count >= MaxRemembered)
            remembered.Clear();
        remembered[id] = (record, now + Memory);
        return record;
    }

    private static bool IsId(ReadOnlySpan<char> id)
    {
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        }

        return id.Length <= 64;
    }
}
