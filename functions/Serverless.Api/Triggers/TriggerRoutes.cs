using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Triggers;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Triggers;

/// <summary>The rows for triggers.</summary>
internal static class TriggerRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Triggers, Name = "listTriggers", Access = RouteAccess.Read, Summary = "Triggers, newest first.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<Trigger>>(200, "A page.")],
            Handler = Answer.By<TriggerCatalogue>((triggers, call, cancel) => triggers.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Trigger, Name = "getTrigger", Access = RouteAccess.Read, Summary = "One trigger.",
            Replies = [RouteReply.Json<Trigger>(200, "What it watches and starts, and what it has started.")],
            Handler = Answer.By<TriggerCatalogue>((triggers, call, cancel) => triggers.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "PUT", Template = Routes.Trigger, Name = "putTrigger", Access = RouteAccess.Deploy, Summary = "Makes a trigger, or changes what it watches and starts.",
            Body = RouteBody.Json<TriggerSpec>(), MaxBodyBytes = RouteLimits.ListBytes,
            Replies = [RouteReply.Json<Trigger>(200, "Changed, or as it was."), RouteReply.Json<Trigger>(201, "Made.")],
            Handler = Answer.By<TriggerCatalogue>((triggers, call, cancel) => triggers.PutAsync(call, cancel)),
        },
        new()
        {
            Method = "DELETE", Template = Routes.Trigger, Name = "deleteTrigger", Access = RouteAccess.Deploy, Summary = "Deletes a trigger; jobs that it has started go on.",
            Replies = [new(204, "It is gone.")],
            Handler = Answer.By<TriggerCatalogue>((triggers, call, cancel) => triggers.DeleteAsync(call, cancel)),
        },
    ];
}
