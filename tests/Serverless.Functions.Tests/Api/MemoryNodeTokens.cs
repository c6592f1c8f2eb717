using System.Collections.Concurrent;
using Serverless.Core.Compute;

namespace Serverless.Functions.Tests.Api;

/// <summary>Tokens in memory.</summary>
public sealed class MemoryNodeTokens : INodeTokens
{
    private readonly ConcurrentDictionary<string, NodeIdentity> tokens = new();

    public Task<string> IssueAsync(string pool, string nodeId, CancellationToken cancel)
    {
        tokens["token-" + nodeId] = new NodeIdentity(nodeId, pool);
        return Task.FromResult("token-" + nodeId);
    }

    public Task<NodeIdentity?> IdentifyAsync(string token, CancellationToken cancel) => Task.FromResult(tokens.GetValueOrDefault(token));

    public Task RevokeAsync(string nodeId, CancellationToken cancel)
    {
        tokens.TryRemove("token-" + nodeId, out _);
        return Task.CompletedTask;
    }
}
