using Serverless.Api.Routing;
using Serverless.Contracts;

namespace Serverless.Api.OpenApi;

/// <summary>The row of the description.</summary>
internal static class DescriptionRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.OpenApi, Name = "describe", Access = RouteAccess.Anonymous, Summary = "This description.",
            Replies = [new(200, "OpenAPI 3.1.", "application/json")],
            Handler = Answer.By<OpenApiReply>((reply, call, cancel) => reply.WriteAsync(call, cancel)),
        },
    ];
}
