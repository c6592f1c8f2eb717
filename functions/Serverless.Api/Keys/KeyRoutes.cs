using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Access;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Keys;

/// <summary>The rows for keys.</summary>
internal static class KeyRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Keys, Name = "listKeys", Access = RouteAccess.Manage, Summary = "Keys that were made over the API, newest first, without their texts.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<ApiKey>>(200, "A page.")],
            Handler = Answer.By<KeyCatalogue>((keys, call, cancel) => keys.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.Keys, Name = "makeKey", Access = RouteAccess.Manage, Summary = "Makes a key; its text is in this answer and never again.",
            Body = RouteBody.Json<ApiKeyRequest>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<ApiKeyMade>(201, "The key and its text.")],
            Handler = Answer.By<KeyCatalogue>((keys, call, cancel) => keys.MakeAsync(call, cancel)),
        },
        new()
        {
            Method = "DELETE", Template = Routes.Key, Name = "revokeKey", Access = RouteAccess.Manage, Summary = "Revokes a key; other hosts of the same installation learn it within ten seconds.",
            Replies = [new(204, "It works no more.")],
            Handler = Answer.By<KeyCatalogue>((keys, call, cancel) => keys.RevokeAsync(call, cancel)),
        },
    ];
}
