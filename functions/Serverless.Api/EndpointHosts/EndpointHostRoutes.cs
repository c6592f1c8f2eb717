using Serverless.Api.Routing;
using Serverless.Core.Endpoints;

namespace Serverless.Api.EndpointHosts;

/// <summary>The rows by which the control app uses an inference app as its endpoint host.</summary>
internal static class EndpointHostRoutes
{
    /// <summary>A check starts a process and may take a minute of its own.</summary>
    private static readonly TimeSpan CheckTimeOut = TimeSpan.FromMinutes(2);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "POST", Template = EndpointHostPaths.Prepare, Name = "hostPrepare", Access = RouteAccess.Deploy, Summary = "Checks a model and loads it in a process of its own.", TimeOut = CheckTimeOut,
            Replies = [RouteReply.Json<ModelCheck>(200, "Whether it can be served.")],
            Handler = Answer.By<EndpointHostCalls>((host, call, cancel) => host.PrepareAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = EndpointHostPaths.Probe, Name = "hostProbe", Access = RouteAccess.Deploy, Summary = "Runs a model once on an empty row.", TimeOut = CheckTimeOut,
            Replies = [RouteReply.Json<ModelCheck>(200, "Whether it answers.")],
            Handler = Answer.By<EndpointHostCalls>((host, call, cancel) => host.ProbeAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = EndpointHostPaths.Drain, Name = "hostDrain", Access = RouteAccess.Deploy, Summary = "Unloads a model that no endpoint routes to.", TimeOut = CheckTimeOut,
            Replies = [new(204, "Unloaded.")],
            Handler = Answer.By<EndpointHostCalls>((host, call, cancel) => host.DrainAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = EndpointHostPaths.Route, Name = "hostRoute", Access = RouteAccess.Deploy, Summary = "Takes an endpoint's record as it is now.",
            Replies = [new(204, "Taken.")],
            Handler = Answer.By<EndpointHostCalls>((host, call, cancel) => host.RouteAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = EndpointHostPaths.Sessions, Name = "hostSessions", Access = RouteAccess.Deploy, Summary = "How many sessions this host has loaded for an endpoint.",
            Replies = [RouteReply.Json<SessionCount>(200, "How many.")],
            Handler = Answer.By<EndpointHostCalls>((host, call, cancel) => host.SessionsAsync(call, cancel)),
        },
    ];
}
