using Microsoft.AspNetCore.Http;
using Serverless.Api.Access.Callers;
using Serverless.Api.Access.SignIn;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Names;

namespace Serverless.Api.Access.Nodes;

/// <summary>
/// Who a node is: by a token of its own (a local node), or by a token of the managed identity that the machines of our scale sets have. The second proves that one of our machines
/// speaks, not which; the node says that itself (<see cref="AgentProtocol.NodeHeader"/>), and must be a machine that a pool of ours has. So one such machine could speak for another: they
/// run the same agent for the same organisation, and jobs reach neither the identity nor the metadata address that gives it.
/// </summary>
/// <param name="tokens">Tokens of their own.</param>
/// <param name="pools">The pools.</param>
/// <param name="machines">What machines they have.</param>
/// <param name="nodes">What is known of nodes.</param>
/// <param name="options">The identity; null: tokens of their own only.</param>
/// <param name="entra">Checks tokens; null: tokens of their own only.</param>
internal sealed class NodeAccess(INodeTokens tokens, PoolTable pools, IComputePool machines, NodeSet nodes, NodeIdentityOptions? options, EntraTokens? entra)
{
    /// <summary>The node of a token; null with the reason when there is none.</summary>
    public async Task<(NodeIdentity? Node, string? Refusal)> IdentifyAsync(string token, IHeaderDictionary headers, CancellationToken cancel)
    {
        if (options is null || entra is null || !EntraTokens.Looks(token))
            return token.Length <= AccessKeys.MaxLength && await tokens.IdentifyAsync(token, cancel) is { } own ? (own, null) : (null, "it is no node's, or its node is gone");
        var (who, refusal) = await entra.ReadAsync(token, cancel);
        if (who is null)
            return (null, refusal);
        if (Mismatch(who, options) is { } mismatch)
            return (null, mismatch);
        return headers[AgentProtocol.NodeHeader] is [{ } id] && NameRules.IsName(id)
            ? await KnownAsync(id, cancel)
            : (null, $"it does not say which node it is of, and the header '{AgentProtocol.NodeHeader}' neither");
    }

    private static string? Mismatch(SignedIn who, NodeIdentityOptions options)
    {
        // The object id is the identity itself. Its resource stands in tokens of version 1, not always in those of version 2.
        if (!who.IsApplication || !Same(who.ObjectId, options.PrincipalId) || (who.IdentityResource is { } resource && !Same(resource, options.ResourceId)))
            return "it is not of the identity that nodes have";
        return options.MachinesBelow is { } below && who.MachineResource is { } machine && !machine.StartsWith(below, StringComparison.OrdinalIgnoreCase)
            ? "the machine that asked for it is none of ours"
            : null;
    }

    /// <summary>A machine's first word makes its record: scale sets make machines that nobody has heard of before.</summary>
    private async Task<(NodeIdentity? Node, string? Refusal)> KnownAsync(string id, CancellationToken cancel)
    {
        if (await nodes.FindAsync(id, cancel) is { } known)
            return known.Status == NodeStatus.Gone ? (null, "its node is gone") : (new NodeIdentity(known.Id, known.Pool), null);
        foreach (var pool in pools.All)
        {
            if ((await machines.ListAsync(pool.Name, cancel)).FirstOrDefault(machine => machine.Id == id) is not { } machine)
                continue;
            await nodes.CreateAsync(new NodeRecord { Id = id, Pool = pool.Name, Status = NodeStatus.Starting, CreatedAt = machine.CreatedAt }, cancel);
            return (new NodeIdentity(id, pool.Name), null);
        }

        return (null, "no pool has a machine of that name");
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
