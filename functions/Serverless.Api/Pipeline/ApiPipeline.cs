using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Serverless.Api.Access;
using Serverless.Api.Problems;
using Serverless.Api.Routing;
using Serverless.Api.Telemetry;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Pipeline;

/// <summary>
/// The way of every call, the same in every host: whose host → which route → who calls → what bounds it → its handler; and whatever fails becomes a problem document.
/// </summary>
public sealed partial class ApiPipeline
{
    private readonly RouteTable table;
    private readonly HostNames hosts;
    private readonly AccessGuard guard;
    private readonly TimeProvider clock;
    private readonly ILogger<ApiPipeline> log;

    internal ApiPipeline(RouteTable table, HostNames hosts, AccessGuard guard, TimeProvider clock, ILogger<ApiPipeline> log)
    {
        this.table = table;
        this.hosts = hosts;
        this.guard = guard;
        this.clock = clock;
        this.log = log;
    }

    /// <summary>Answers a request.</summary>
    public async Task RunAsync(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var name = "-";
        var telemetry = RequestTelemetry.Begin();
        try
        {
            hosts.Check(http.Request);
            var match = Match(http);
            name = match.Route.Name;
            telemetry.Matched(http, match.Route);
            await AnswerAsync(http, match);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
        catch (Exception error)
        {
            await FailAsync(http, name, error);
        }
        finally
        {
            telemetry.End(http);
        }
    }

    private async Task AnswerAsync(HttpContext http, RouteMatch.Found match)
    {
        using var time = new CancellationTokenSource(match.Route.TimeOut, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, http.RequestAborted);
        try
        {
            var caller = await guard.AdmitAsync(match, http.Request, both.Token);
            BodyRules.Apply(http, match.Route);
            await match.Route.Handler(new ApiCall(http, match, caller), both.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            throw new ServerlessException(ProblemCodes.Unavailable,
                $"The call took longer than its limit of {match.Route.TimeOut.TotalSeconds:0} s.", "Try again.", retryable: true);
        }
    }

    private RouteMatch.Found Match(HttpContext http)
    {
        var method = http.Request.Method;
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var path = RequestPath.Of(string.IsNullOrEmpty(target) ? http.Request.Path.ToUriComponent() : target);
        switch (table.Match(method, path))
        {
            case RouteMatch.Found found:
                return found;
            case RouteMatch.NoMethod missing:
                http.Response.Headers.Allow = string.Join(", ", missing.Allowed);
                throw new ServerlessException(ProblemCodes.MethodNotAllowed, $"The path does not have the method {Shown.Quote(method, 20)}.",
                    $"Use {string.Join(" or ", missing.Allowed)}.");
            case RouteMatch.Refused refused:
                throw Fail.Invalid("path", refused.Reason, "Write the path as /openapi/v1.json has it.");
            default:
                throw new ServerlessException(ProblemCodes.NotFound, $"There is no path {Shown.Quote(path)}.",
                    "See /openapi/v1.json for the paths; they are exact in case, and none ends with a slash.");
        }
    }

    private async Task FailAsync(HttpContext http, string name, Exception error)
    {
        var method = http.Request.Method.Length <= 16 ? Shown.Quote(http.Request.Method)[1..^1] : "?";
        if (http.Response.HasStarted)
        {
            LogBrokenOff(error, method, name, http.TraceIdentifier);
            http.Abort();
            return;
        }

        var problem = ProblemOf(http, method, name, error);
        var keep = http.Response.Headers.Allow;
        http.Response.Clear();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (keep.Count > 0)
            http.Response.Headers.Allow = keep;
        await ProblemDocuments.WriteAsync(http, problem);
    }

    private Problem ProblemOf(HttpContext http, string method, string name, Exception error)
    {
        if (error is BadHttpRequestException bad)
            error = BodyRules.Explain(bad);
        if (error is not ServerlessException failure)
        {
            LogUnforeseen(error, method, name, http.TraceIdentifier);
            return ProblemDocuments.Unforeseen(http.TraceIdentifier);
        }

        var problem = ProblemDocuments.Of(failure, http.TraceIdentifier);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
            LogFailed(method, name, failure.Code, Shown.Quote(failure.Message, 500), http.TraceIdentifier);
        else if (problem.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status421MisdirectedRequest)
            LogRefused(method, name, http.Connection.RemoteIpAddress?.ToString() ?? "-", failure.Code, http.TraceIdentifier);
        return problem;
    }
}
