namespace Serverless.Core.Compute;

/// <summary>Gives each local node a token of its own, and knows whose a token is. (In Azure a node proves itself with its managed identity.)</summary>
public interface INodeTokens
{
    /// <summary>Makes a token for a node; only its hash is kept.</summary>
    Task<string> IssueAsync(string pool, string nodeId, CancellationToken cancel);

    /// <summary>Whose token it is; null when it is none, or the node is gone.</summary>
    Task<NodeIdentity?> IdentifyAsync(string token, CancellationToken cancel);

    /// <summary>From now on the node's token proves nothing.</summary>
    Task RevokeAsync(string nodeId, CancellationToken cancel);
}
