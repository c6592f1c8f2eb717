using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;

namespace Serverless.Infra.Local.Compute;

/// <summary>Tokens <c>{node}.{256 random bits}</c>; the node's record keeps the SHA-256 alone. A guess says nothing by the time it takes.</summary>
public sealed class LocalNodeTokens(NodeSet nodes, TimeProvider clock) : INodeTokens
{
    /// <summary>Longer texts are no tokens: a bound on what is hashed for a stranger.</summary>
    private const int MaxLength = 256;

    /// <inheritdoc/>
    public async Task<string> IssueAsync(string pool, string nodeId, CancellationToken cancel)
    {
        var token = $"{nodeId}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var sha256 = Hash(token);
        var record = new NodeRecord { Id = nodeId, Pool = pool, Status = NodeStatus.Starting, TokenSha256 = sha256, CreatedAt = clock.GetUtcNow() };
        if (!await nodes.CreateAsync(record, cancel))
            await nodes.UpdateAsync(nodeId, there => there with { TokenSha256 = sha256 }, cancel);
        return token;
    }

    /// <inheritdoc/>
    public async Task<NodeIdentity?> IdentifyAsync(string token, CancellationToken cancel)
    {
        var dot = token.LastIndexOf('.');
        if (dot < 1 || token.Length > MaxLength)
            return null;
        var hash = Hash(token);
        var record = await nodes.FindAsync(token[..dot], cancel);
        var kept = record is { TokenSha256: { } sha256, Status: not NodeStatus.Gone } ? sha256 : new string('0', hash.Length);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(kept)) && record is not null
            ? new NodeIdentity(record.Id, record.Pool)
            : null;
    }

    /// <inheritdoc/>
    public Task RevokeAsync(string nodeId, CancellationToken cancel) =>
        nodes.UpdateAsync(nodeId, there => there.TokenSha256 is null ? there : there with { TokenSha256 = null }, cancel);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
