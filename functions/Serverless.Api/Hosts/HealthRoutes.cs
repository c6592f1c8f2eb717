using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Hosts;

namespace Serverless.Api.Hosts;

/// <summary>The rows for whoever watches the host.</summary>
internal static class HealthRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Live, Name = "live", Access = RouteAccess.Anonymous, Summary = "Whether the process is alive.",
            Replies = [RouteReply.Json<Health>(200, "It is.")],
            Handler = Answer.By<Readiness>((readiness, call, cancel) => readiness.LiveAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Ready, Name = "ready", Access = RouteAccess.Anonymous, Summary = "Whether the host can do its work, part by part.",
            Replies = [RouteReply.Json<Health>(200, "It can."), RouteReply.Json<Health>(503, "A part does not answer, or the host is stopping.")],
            Handler = Answer.By<Readiness>((readiness, call, cancel) => readiness.ReadyAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.InferLive, Name = "inferLive", Access = RouteAccess.Anonymous, Summary = "Open Inference Protocol: whether the server is alive.",
            Replies = [new(200, "It is.", "application/json")],
            Handler = Answer.By<Readiness>((readiness, call, cancel) => readiness.InferLiveAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.InferReady, Name = "inferReady", Access = RouteAccess.Anonymous, Summary = "Open Inference Protocol: whether the server is ready.",
            Replies = [new(200, "It is.", "application/json"), new(503, "It is not.", "application/json")],
            Handler = Answer.By<Readiness>((readiness, call, cancel) => readiness.InferReadyAsync(call, cancel)),
        },
    ];
}
