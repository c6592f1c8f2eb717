using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Serverless.Api.Routing;
using Serverless.Core.Telemetry;

namespace Serverless.Api.Telemetry;

/// <summary>
/// A request's span and its part of the metrics, by OpenTelemetry's conventions for HTTP (<see href="https://opentelemetry.io/docs/specs/semconv/http/"/>). Spans are for what people and programs ask;
/// agents, health and short-lived addresses, which come every second, have metrics alone. A path is told by its route, never as it was sent: a path may hold anything.
/// </summary>
internal struct RequestTelemetry
{
    private static readonly Histogram<double> Duration = ApiTelemetry.Meter.CreateHistogram(
        "http.server.request.duration", "s", "Duration of HTTP server requests.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60],
        });

    private readonly long began;
    private Activity? span;
    private Route? route;

    private RequestTelemetry(long began) => this.began = began;

    /// <summary>A request has come.</summary>
    public static RequestTelemetry Begin() => new(Duration.Enabled ? Stopwatch.GetTimestamp() : 0);

    /// <summary>Its route is known.</summary>
    public void Matched(HttpContext http, Route matched)
    {
        route = matched;
        if (!ApiTelemetry.Source.HasListeners() || matched.Access is RouteAccess.Anonymous or RouteAccess.Node or RouteAccess.Signature)
            return;
        // What the server began for itself is not exported: a span below it would hang in the air.
        var outer = Activity.Current;
        Activity.Current = null;
        span = ApiTelemetry.Source.StartActivity($"{matched.Method} {matched.Template}", ActivityKind.Server, Caller(http.Request));
        if (span is null)
        {
            Activity.Current = outer;
            return;
        }

        span.SetTag("http.request.method", matched.Method);
        span.SetTag("http.route", matched.Template);
        span.SetTag("serverless.operation", matched.Name);
        if (span.Recorded)
            http.TraceIdentifier = span.TraceId.ToHexString();
    }

    /// <summary>It has been answered.</summary>
    public readonly void End(HttpContext http)
    {
        var status = http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted ? StatusCodes.Status499ClientClosedRequest : http.Response.StatusCode;
        if (span is not null)
        {
            span.SetTag("http.response.status_code", status);
            if (status >= StatusCodes.Status500InternalServerError)
                span.SetStatus(ActivityStatusCode.Error);
            span.Dispose();
        }

        if (began == 0)
            return;
        var tags = new TagList { { "http.request.method", Method(http.Request.Method) }, { "http.response.status_code", status } };
        if (route is not null)
            tags.Add("http.route", route.Template);
        Duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
    }

    private static ActivityContext Caller(HttpRequest request) => request.Headers.TraceParent is [{ } parent] ? TraceContext.Parse(parent) : default;

    /// <summary>A method that anybody made up is one of many: it counts as <c>_OTHER</c>.</summary>
    private static string Method(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" or "TRACE" or "CONNECT" ? method : "_OTHER";
}
