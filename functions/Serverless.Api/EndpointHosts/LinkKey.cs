using System.Buffers.Text;
using System.Security.Cryptography;
using Serverless.Api.Access.Keys;
using Serverless.Contracts.Access;
using Serverless.Core.Access;
using Serverless.Core.Ids;

namespace Serverless.Api.EndpointHosts;

/// <summary>
/// The key by which one app of an installation speaks to the other: made by this process, kept in its memory, and valid because both apps read the same documents. So no secret stands in
/// a setting, and none has to be rotated.
/// </summary>
internal sealed class LinkKey(ApiKeySet keys, IIdSource ids, TimeProvider clock)
{
    /// <summary>Its name among the keys.</summary>
    public const string Name = "inference-link";

    private const int MaxSwept = 100;
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim gate = new(1, 1);
    private (string Text, DateTimeOffset End)? made;

    /// <summary>The key's text.</summary>
    public async Task<string> GetAsync(CancellationToken cancel)
    {
        if (made is { } known && known.End - clock.GetUtcNow() > Spare)
            return known.Text;
        await gate.WaitAsync(cancel);
        try
        {
            if (made is { } other && other.End - clock.GetUtcNow() > Spare)
                return other.Text;
            await SweepAsync(cancel);
            made = await MakeAsync(cancel);
            return made.Value.Text;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<(string Text, DateTimeOffset End)> MakeAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var key = new ApiKey { Id = ids.Next(StoredKeys.IdPrefix), Name = Name, Role = AccessRole.Deployer, CreatedAt = now, CreatedBy = Name, ExpiresAt = now + Life };
        var text = $"{key.Id}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        await keys.CreateAsync(new ApiKeyRecord(key, StoredKeys.Hash(text)), cancel);
        return (text, now + Life);
    }

    /// <summary>Removes those that processes before this one left behind.</summary>
    private async Task SweepAsync(CancellationToken cancel)
    {
        var (found, _) = await keys.QueryAsync(null, Name, MaxSwept, null, cancel);
        foreach (var old in found.Where(record => record.Key.Name == Name && record.Key.ExpiresAt <= clock.GetUtcNow()))
            await keys.DeleteAsync(old.Key.Id, cancel);
    }
}
