using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using Serverless.Core.Telemetry;

namespace Serverless.Infra.Telemetry;

/// <summary>Gives a log entry the workflow and the job that it was written for, from the spans around it, so that all that was said about a job is found by its id.</summary>
internal sealed class LogIds : BaseProcessor<LogRecord>
{
    private const int MaxDepth = 8;
    private static readonly string[] Names = [TelemetryNames.WorkflowId, TelemetryNames.JobId];

    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        List<KeyValuePair<string, object?>>? more = null;
        var span = Activity.Current;
        for (var depth = 0; span is not null && depth < MaxDepth; depth++, span = span.Parent)
        {
            foreach (var name in Names)
            {
                if (span.GetTagItem(name) is string id && more?.Exists(pair => pair.Key == name) != true)
                    (more ??= [.. data.Attributes ?? []]).Add(new(name, id));
            }
        }

        if (more is not null)
            data.Attributes = more;
    }
}
