using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Jobs;

/// <summary>The rows for jobs.</summary>
internal static class JobRoutes
{
    private static readonly RouteParameter Wait = new(ApiNames.WaitSeconds, "number", $"How long the call may wait while there is nothing new, in seconds, 0 to {ApiNames.MaxWaitSeconds}; default 0.");

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Jobs, Name = "listJobs", Access = RouteAccess.Read, Summary = "Jobs, newest first.",
            Parameters =
            [
                .. PageParameters.All,
                new(ApiNames.Contains, "string", "Any part of the name, without regard to case."),
                new(ApiNames.Status, "string", "Only jobs in this status."),
            ],
            Replies = [RouteReply.Json<Page<Job>>(200, "A page.")],
            Handler = Answer.By<JobQueries>((jobs, call, cancel) => jobs.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.Jobs, Name = "submitJob", Access = RouteAccess.Submit, Summary = "Submits a job.",
            Parameters = [new(ApiNames.IdempotencyKey, "string", "The same key with the same body makes one job, however often it is sent.", "header")],
            Body = RouteBody.Json<JobSpec>(), MaxBodyBytes = RouteLimits.ListBytes, Replies = [RouteReply.Json<Job>(201, "The job.")],
            Handler = Answer.By<JobCommands>((jobs, call, cancel) => jobs.SubmitAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.JobEstimate, Name = "estimateJob", Access = RouteAccess.Submit, Summary = "What a job would run on, why, and what it could cost; nothing is submitted.",
            Body = RouteBody.Json<JobSpec>(), MaxBodyBytes = RouteLimits.ListBytes, Replies = [RouteReply.Json<JobPlacement>(200, "The machine, the reason, the estimate.")],
            Handler = Answer.By<JobCommands>((jobs, call, cancel) => jobs.EstimateAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Job, Name = "getJob", Access = RouteAccess.Read, Summary = "One job.",
            Replies = [RouteReply.Json<Job>(200, "The job.")],
            Handler = Answer.By<JobQueries>((jobs, call, cancel) => jobs.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.JobStop, Name = "stopJob", Access = RouteAccess.Submit, Summary = "Asks for a job to stop.",
            Replies = [RouteReply.Json<Job>(202, "The job; it ends when its program has.")],
            Handler = Answer.By<JobCommands>((jobs, call, cancel) => jobs.StopAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.JobLogs, Name = "readJobLog", Access = RouteAccess.Read,
            Summary = $"The log of all attempts, one after another, from a byte on; '{ApiNames.LogNext}' says where to go on, '{ApiNames.LogEnded}' whether that was all.",
            Parameters = [new(ApiNames.Offset, "integer", "The byte to begin at; default 0."), Wait], TimeOut = RouteLimits.WaitTimeOut,
            Replies = [RouteReply.Bytes("Bytes of the log; none when there is nothing new.", "text/plain")],
            Handler = Answer.By<JobLogs>((logs, call, cancel) => logs.ReadAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.JobMetrics, Name = "readJobMetrics", Access = RouteAccess.Read, Summary = "The metric points of all attempts, one after another, from a position on.",
            Parameters = [new(ApiNames.Position, "integer", "The position to begin at; default 0."), Wait], TimeOut = RouteLimits.WaitTimeOut,
            Replies = [RouteReply.Json<JobMetrics>(200, "Points; none when there is nothing new.")],
            Handler = Answer.By<JobMetricPoints>((points, call, cancel) => points.ReadAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.JobFiles, Name = "listJobFiles", Access = RouteAccess.Read, Summary = "The files of the attempt that is the job's result, or of the newest one, sorted by path.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<JobFile>>(200, "A page.")],
            Handler = Answer.By<JobFiles>((files, call, cancel) => files.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.JobFile, Name = "readJobFile", Access = RouteAccess.Read, Summary = "One of them; a range when asked for.",
            TimeOut = Timeout.InfiniteTimeSpan, Replies = [RouteReply.Bytes("The bytes."), new(206, "Some of the bytes.", "application/octet-stream")],
            Handler = Answer.By<JobFiles>((files, call, cancel) => files.ReadAsync(call, cancel)),
        },
    ];
}
