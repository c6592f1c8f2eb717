using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Agents;

namespace Serverless.Api.Agents;

/// <summary>The rows for agents. See <c>docs/agent-protocol.md</c>.</summary>
internal static class AgentRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "POST", Template = Routes.AgentHello, Name = "agentHello", Access = RouteAccess.Node, Summary = "An agent says what its machine is.",
            Body = RouteBody.Json<NodeHello>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<NodeWelcome>(200, "How the agent shall behave.")],
            Handler = Answer.By<AgentNodes>((nodes, call, cancel) => nodes.HelloAsync(call, cancel)),
        },
        new()
        {
            Method = "DELETE", Template = Routes.AgentNode, Name = "agentLeave", Access = RouteAccess.Node, Summary = "An agent leaves.",
            Replies = [new(204, "Noted.")],
            Handler = Answer.By<AgentNodes>((nodes, call, cancel) => nodes.LeaveAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.AgentClaim, Name = "agentClaim", Access = RouteAccess.Node, Summary = "Claims a job; waits for one when asked to.",
            Body = RouteBody.Json<ClaimRequest>(), MaxBodyBytes = RouteLimits.SmallBytes, TimeOut = RouteLimits.WaitTimeOut,
            Replies = [RouteReply.Json<JobTicket>(200, "A job is yours."), new(204, "None came.")],
            Handler = Answer.By<AgentClaims>((claims, call, cancel) => claims.ClaimAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.AgentRenew, Name = "agentRenew", Access = RouteAccess.Node, Summary = "Keeps a claim.",
            Body = RouteBody.Json<RenewRequest>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<RenewResponse>(200, "Kept.")],
            Handler = Answer.By<AgentReports>((reports, call, cancel) => reports.RenewAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.AgentReport, Name = "agentReport", Access = RouteAccess.Node, Summary = "Reports an attempt's phase, metric points and end; the same report twice changes nothing.",
            Body = RouteBody.Json<AttemptReport>(), MaxBodyBytes = RouteLimits.ListBytes, Replies = [RouteReply.Json<RenewResponse>(200, "Noted; the claim is kept.")],
            Handler = Answer.By<AgentReports>((reports, call, cancel) => reports.ReportAsync(call, cancel)),
        },
        new()
        {
            Method = "PUT", Template = Routes.AgentLog, Name = "agentLog", Access = RouteAccess.Node, Summary = "Appends log bytes at an offset; at another offset than the log's length nothing changes.",
            Parameters =
            [
                new("epoch", "integer", "The claim's epoch.", Required: true),
                new("offset", "integer", "The log's length so far.", Required: true),
                new("node", "string", "The node; when given, it must be the token's."),
            ],
            Body = RouteBody.Bytes, MaxBodyBytes = AgentProtocol.MaxLogBytes, Replies = [RouteReply.Json<LogAppended>(200, "The log's length now.")],
            Handler = Answer.By<AgentLogs>((logs, call, cancel) => logs.AppendAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.AgentUploads, Name = "agentUploads", Access = RouteAccess.Node, Summary = "Gives addresses to put files to.",
            Body = RouteBody.Json<UploadRequest>(), MaxBodyBytes = RouteLimits.ListBytes, Replies = [RouteReply.Json<UploadResponse>(200, "The addresses.")],
            Handler = Answer.By<AgentUploads>((uploads, call, cancel) => uploads.OfferAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.AgentCheckpoint, Name = "agentCheckpoint", Access = RouteAccess.Node, Summary = "Commits a checkpoint whose files are all uploaded.",
            Body = RouteBody.Json<CheckpointCommit>(), MaxBodyBytes = RouteLimits.ListBytes, Replies = [new(204, "From now on the next attempt starts from it.")],
            Handler = Answer.By<AgentUploads>((uploads, call, cancel) => uploads.CommitAsync(call, cancel)),
        },
    ];
}
