using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Endpoints;

/// <summary>The rows that look after endpoints.</summary>
internal static class EndpointRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Endpoints, Name = "listEndpoints", Access = RouteAccess.Read, Summary = "Endpoints, newest first.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<Endpoint>>(200, "A page.")],
            Handler = Answer.By<EndpointQueries>((endpoints, call, cancel) => endpoints.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Endpoint, Name = "getEndpoint", Access = RouteAccess.Read, Summary = "One endpoint.",
            Replies = [RouteReply.Json<Endpoint>(200, "Its traffic, and how many sessions are loaded.")],
            Handler = Answer.By<EndpointQueries>((endpoints, call, cancel) => endpoints.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "DELETE", Template = Routes.Endpoint, Name = "deleteEndpoint", Access = RouteAccess.Deploy, Summary = "Deletes an endpoint; its models stay in the registry.",
            Replies = [new(204, "It is gone.")],
            Handler = Answer.By<EndpointCommands>((endpoints, call, cancel) => endpoints.DeleteAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.EndpointDeployments, Name = "deploy", Access = RouteAccess.Deploy, Summary = "Puts a model version behind the endpoint, which is made when it does not exist.",
            Body = RouteBody.Json<DeployRequest>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<Deployment>(202, "The deployment under way.")],
            Handler = Answer.By<EndpointCommands>((endpoints, call, cancel) => endpoints.DeployAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.EndpointRollback, Name = "rollback", Access = RouteAccess.Deploy, Summary = "Goes back to what answered before.",
            Replies = [RouteReply.Json<Deployment>(202, "The change, done.")],
            Handler = Answer.By<EndpointCommands>((endpoints, call, cancel) => endpoints.RollbackAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Deployment, Name = "getDeployment", Access = RouteAccess.Read, Summary = "One deployment.",
            Replies = [RouteReply.Json<Deployment>(200, "How far it is, or how it ended.")],
            Handler = Answer.By<EndpointQueries>((endpoints, call, cancel) => endpoints.GetDeploymentAsync(call, cancel)),
        },
    ];
}
