using Microsoft.AspNetCore.Http;
using Serverless.Api.Access;
using Serverless.Api.Access.Callers;
using Serverless.Api.Access.Nodes;
using Serverless.Api.Access.SignIn;
using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Api.Pipeline;

/// <summary>
/// Lets a call in, or says why not. Who a caller is comes from <c>Authorization: Bearer</c> (a key, a token of the organisation's sign-in, a node's token), or, where the platform's own sign-in
/// stands before the host, from its header (<see cref="EasyAuth"/>). A cookie, a query parameter or any other header proves nothing.
/// </summary>
/// <param name="people">Who keys and tokens are of.</param>
/// <param name="nodes">Who nodes are; null: no node has anything to say here.</param>
internal sealed class AccessGuard(CallerAccess people, NodeAccess? nodes)
{
    private const string Bearer = "Bearer ";

    /// <summary>Who calls.</summary>
    /// <exception cref="ServerlessException"><c>unauthenticated</c>, <c>forbidden</c>, or <c>unavailable</c> when a token cannot be checked.</exception>
    public async Task<Caller> AdmitAsync(RouteMatch.Found match, HttpRequest request, CancellationToken cancel) => match.Route.Access switch
    {
        RouteAccess.Anonymous => new Caller("anonymous"),
        RouteAccess.Signature => new Caller("address"),
        RouteAccess.Node => await NodeAsync(request, cancel),
        RouteAccess.Read => await PersonAsync(match, request, AccessScopes.Read, cancel),
        RouteAccess.Submit => await PersonAsync(match, request, AccessScopes.Submit, cancel),
        RouteAccess.Deploy => await PersonAsync(match, request, AccessScopes.Deploy, cancel),
        RouteAccess.Predict => await PersonAsync(match, request, AccessScopes.Predict, cancel),
        RouteAccess.Manage => await PersonAsync(match, request, AccessScopes.Manage, cancel),
        _ => throw new InvalidOperationException($"'{match.Route.Name}' has the access {match.Route.Access}, which nobody is let in by."),
    };

    private async Task<Caller> PersonAsync(RouteMatch.Found match, HttpRequest request, AccessScopes needed, CancellationToken cancel)
    {
        var caller = await people.FindAsync(Token(request), request, cancel);
        if (!caller.Scopes.HasFlag(needed))
            throw new ServerlessException(ProblemCodes.Forbidden, $"'{caller.Name}' has the scopes '{Words(caller.Scopes)}'; this needs '{Words(needed)}'.",
                $"Use a key that has the scope '{Words(needed)}', or ask an admin for a role that has it: {AccessRoles.Names}.");
        return caller.Endpoint is null || (match.Route.Access == RouteAccess.Predict && match.Values.GetValueOrDefault("name") == caller.Endpoint)
            ? caller
            : throw new ServerlessException(ProblemCodes.Forbidden, $"The key '{caller.Name}' is for the endpoint '{caller.Endpoint}' alone.", "Use a key for this endpoint, or for all.");
    }

    private async Task<Caller> NodeAsync(HttpRequest request, CancellationToken cancel)
    {
        if (nodes is null)
            throw Unknown("No node speaks to this host.", "Call the host that has the jobs.");
        if (Token(request) is not { } token)
            throw Unknown("The call brings no proof of who calls; this route needs a node's token.", "Send a node's token as 'Authorization: Bearer …', once.");
        var (node, refusal) = await nodes.IdentifyAsync(token, request.Headers, cancel);
        return node is not null
            ? new Caller(node.NodeId, Node: node)
            : throw Unknown($"The token proves no node: {refusal}.", $"An agent gets its token in {AgentProtocol.TokenVariable} from the pool that starts it, or uses its machine's managed identity.");
    }

    /// <summary>The token of the one <c>Authorization</c> header; null when there is none, or it is not a bearer's.</summary>
    private static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && text.Length <= EntraTokens.MaxLength + Bearer.Length
        && text[Bearer.Length..].Trim() is { Length: > 0 } token
            ? token
            : null;

    private static ServerlessException Unknown(string message, string cure) => new(ProblemCodes.Unauthenticated, message, cure);

    private static string Words(AccessScopes scopes) =>
        string.Join(", ", new[] { AccessScopes.Read, AccessScopes.Submit, AccessScopes.Deploy, AccessScopes.Predict, AccessScopes.Manage }
            .Where(scope => scopes.HasFlag(scope)).Select(scope => scope.ToString().ToLowerInvariant()));
}
