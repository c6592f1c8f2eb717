using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Compute;

/// <summary>The rows for pools and nodes.</summary>
internal static class ComputeRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Pools, Name = "listPools", Access = RouteAccess.Read, Summary = "Pools, with how many nodes each has.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<Pool>>(200, "A page.")],
            Handler = Answer.By<ComputeQueries>((compute, call, cancel) => compute.PoolsAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Nodes, Name = "listNodes", Access = RouteAccess.Read, Summary = "Nodes, newest first; those that are gone for the record.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<Node>>(200, "A page.")],
            Handler = Answer.By<ComputeQueries>((compute, call, cancel) => compute.NodesAsync(call, cancel)),
        },
    ];
}
