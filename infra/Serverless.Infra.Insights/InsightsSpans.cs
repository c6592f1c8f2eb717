using System.Diagnostics;
using System.Globalization;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.DataContracts;
using OpenTelemetry;

namespace Serverless.Infra.Insights;

/// <summary>
/// Spans as Application Insights' telemetry: what serves or takes something is a request, the rest are dependencies
/// (<see href="https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete"/>). Trace and span ids are kept, so that the transaction view shows one trace.
/// </summary>
internal sealed class InsightsSpans(TelemetryClient client) : BaseExporter<Activity>
{
    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            if (span.Kind is ActivityKind.Server or ActivityKind.Consumer)
                client.TrackRequest(Request(span));
            else
                client.TrackDependency(Dependency(span));
        }

        return ExportResult.Success;
    }

    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        client.Flush();
        return true;
    }

    /// <inheritdoc/>
    protected override bool OnShutdown(int timeoutMilliseconds) => OnForceFlush(timeoutMilliseconds);

    private static RequestTelemetry Request(Activity span)
    {
        var request = Fill(new RequestTelemetry { Name = span.DisplayName, Id = span.SpanId.ToHexString(), Timestamp = span.StartTimeUtc, Duration = span.Duration, Success = span.Status != ActivityStatusCode.Error }, span);
        request.ResponseCode = Convert.ToString(span.GetTagItem("http.response.status_code"), CultureInfo.InvariantCulture) is { Length: > 0 } status ? status : "0";
        return request;
    }

    private static DependencyTelemetry Dependency(Activity span) => Fill(
        new DependencyTelemetry { Name = span.DisplayName, Type = "InProc", Id = span.SpanId.ToHexString(), Timestamp = span.StartTimeUtc, Duration = span.Duration, Success = span.Status != ActivityStatusCode.Error }, span);

    private static T Fill<T>(T telemetry, Activity span)
        where T : ITelemetry, ISupportProperties
    {
        telemetry.Context.Operation.Id = span.TraceId.ToHexString();
        if (span.ParentSpanId != default)
            telemetry.Context.Operation.ParentId = span.ParentSpanId.ToHexString();
        foreach (var (name, value) in span.TagObjects)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } text)
                telemetry.Properties[name] = text;
        }

        if (span.Links.Any())
            telemetry.Properties["_MS.links"] = "[" + string.Join(',', span.Links.Select(link => $$"""{"operation_Id":"{{link.Context.TraceId.ToHexString()}}","id":"{{link.Context.SpanId.ToHexString()}}"}""")) + "]";
        return telemetry;
    }
}
