using Microsoft.AspNetCore.Http;
using Serverless.Api.Access;
using Serverless.Api.Routing;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;

namespace Serverless.Api.Pipeline;

/// <summary>
/// Lets a call in, or says why not. Who a caller is comes from <c>Authorization: Bearer</c> alone: a header that a gateway would set (<c>X-MS-CLIENT-PRINCIPAL</c>),
/// a cookie or a query parameter proves nothing here.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="tokens">The nodes' tokens.</param>
internal sealed class AccessGuard(AccessKeys keys, INodeTokens tokens)
{
    private const string Bearer = "Bearer ";

    /// <summary>Who calls.</summary>
    /// <exception cref="ServerlessException"><c>unauthenticated</c> or <c>forbidden</c>.</exception>
    public async Task<Caller> AdmitAsync(Route route, HttpRequest request, CancellationToken cancel) => route.Access switch
    {
        RouteAccess.Anonymous => new Caller("anonymous"),
        RouteAccess.Signature => new Caller("address"),
        RouteAccess.Node => await NodeAsync(request, cancel),
        RouteAccess.Read => Key(request, AccessScopes.Read),
        RouteAccess.Submit => Key(request, AccessScopes.Submit),
        RouteAccess.Deploy => Key(request, AccessScopes.Deploy),
        RouteAccess.Predict => Key(request, AccessScopes.Predict),
        _ => throw new InvalidOperationException($"'{route.Name}' has the access {route.Access}, which nobody is let in by."),
    };

    private Caller Key(HttpRequest request, AccessScopes needed)
    {
        if (keys.Find(Token(request, "a key")) is not var (name, scopes))
            throw Unknown("The key is not known here.", "Give a key of this host; a local host keeps its own in 'keys/admin.key' of its data folder.");
        return scopes.HasFlag(needed)
            ? new Caller(name)
            : throw new ServerlessException(ProblemCodes.Forbidden,
                $"The key '{name}' has the scopes '{Words(scopes)}'; this needs '{Words(needed)}'.", $"Use a key that has the scope '{Words(needed)}'.");
    }

    private async Task<Caller> NodeAsync(HttpRequest request, CancellationToken cancel)
    {
        var identity = await tokens.IdentifyAsync(Token(request, "a node's token"), cancel)
            ?? throw Unknown("The token is no node's, or its node is gone.", $"An agent gets its token in {AgentProtocol.TokenVariable} from the pool that starts it.");
        return new Caller(identity.NodeId, identity);
    }

    private static string Token(HttpRequest request, string what)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } text || !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || text.Length is 7 or > AccessKeys.MaxLength)
            throw Unknown($"The call brings no proof of who calls; this route needs {what}.", $"Send {what} as 'Authorization: Bearer …', once.");
        return text[Bearer.Length..].Trim();
    }

    private static ServerlessException Unknown(string message, string cure) => new(ProblemCodes.Unauthenticated, message, cure);

    private static string Words(AccessScopes scopes) =>
        string.Join(", ", new[] { AccessScopes.Read, AccessScopes.Submit, AccessScopes.Deploy, AccessScopes.Predict }
            .Where(scope => scopes.HasFlag(scope)).Select(scope => scope.ToString().ToLowerInvariant()));
}
