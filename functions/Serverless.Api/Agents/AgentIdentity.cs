using Serverless.Api.Routing;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Agents;

/// <summary>A node speaks for itself only.</summary>
internal static class AgentIdentity
{
    /// <summary>The node that calls; the id in its message must be its own.</summary>
    /// <exception cref="ServerlessException"><c>forbidden</c>.</exception>
    public static NodeIdentity Of(ApiCall call, string claimed)
    {
        var node = call.Caller.Node ?? throw new InvalidOperationException($"'{call.Route.Name}' let somebody in who is no node.");
        return node.NodeId == claimed
            ? node
            : throw new ServerlessException(ProblemCodes.Forbidden, $"The token is of node '{node.NodeId}', the message speaks for {Shown.Quote(claimed)}.", "Send the node's own id.");
    }
}
