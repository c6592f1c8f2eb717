using System.Diagnostics;
using Serverless.Core.Telemetry;

namespace Serverless.Core.Workflows;

/// <summary>
/// Spans of the activities of workflows, the same whichever engine runs them. They are of real executions: a replay of a workflow runs none, and a workflow itself makes no span.
/// </summary>
internal static class ActivitySpans
{
    private static readonly ActivitySource Source = new(TelemetryNames.Core);

    /// <summary>The span of one execution; null when nobody listens or the work is not traced.</summary>
    public static Activity? Start(string name, ActivityCall call, string? traceParent)
    {
        var span = TraceContext.Start(Source, name, traceParent);
        if (span is not null)
        {
            span.SetTag(TelemetryNames.WorkflowId, call.InstanceId);
            span.SetTag("serverless.workflow.attempt", call.Attempt);
        }

        return span;
    }

    /// <summary>Marks the span of an execution that failed with the failure's kind, not with its words.</summary>
    /// <returns>Always false: for a filter, so that the failure goes on as it came.</returns>
    public static bool Mark(Activity? span, Exception error)
    {
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", error.GetType().Name);
        return false;
    }
}
