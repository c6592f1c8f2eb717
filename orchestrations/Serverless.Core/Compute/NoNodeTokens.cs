using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Core.Compute;

/// <summary>For hosts whose nodes all prove themselves with a managed identity: no token is anybody's, and none is made.</summary>
public sealed class NoNodeTokens : INodeTokens
{
    /// <inheritdoc/>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public Task<string> IssueAsync(string pool, string nodeId, CancellationToken cancel) => throw new ServerlessException(
        ProblemCodes.Invalid, $"The node '{nodeId}' of pool '{pool}' was to get a token of its own; on this host nodes prove themselves with their machine's identity.", "Start nodes by a pool of scale sets.");

    /// <inheritdoc/>
    public Task<NodeIdentity?> IdentifyAsync(string token, CancellationToken cancel) => Task.FromResult<NodeIdentity?>(null);

    /// <inheritdoc/>
    public Task RevokeAsync(string nodeId, CancellationToken cancel) => Task.CompletedTask;
}
