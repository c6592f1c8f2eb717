using System.Diagnostics;
using System.Diagnostics.Metrics;
using Serverless.Core.Compute;
using Serverless.Core.Jobs;
using Serverless.Core.Telemetry;

namespace Serverless.Api.Telemetry;

/// <summary>Spans and metrics of claims and nodes.</summary>
internal static class ApiTelemetry
{
    /// <summary>The spans' source.</summary>
    public static readonly ActivitySource Source = new(TelemetryNames.Api);

    /// <summary>The metrics.</summary>
    public static readonly Meter Meter = new(TelemetryNames.Api);

    private static readonly Histogram<double> Queued = Meter.CreateHistogram<double>("serverless.job.queue.duration", "s", "From a job's admission, or its last attempt's end, to a node's claim.");
    private static readonly Histogram<double> Provisioned = Meter.CreateHistogram<double>("serverless.node.provision.duration", "s", "From a node's being asked for to its agent's first word.");

    /// <summary>A node has said its first word.</summary>
    public static void NodeReady(NodeRecord node, DateTimeOffset now)
    {
        if (Provisioned.Enabled)
            Provisioned.Record(Math.Max(0, (now - node.CreatedAt).TotalSeconds), new KeyValuePair<string, object?>(TelemetryNames.Pool, node.Pool));
    }

    /// <summary>A node has claimed a job: it waited since it was queued, and, where the node is new, for that.</summary>
    /// <param name="before">The job as it waited.</param>
    /// <param name="held">The job as it is held.</param>
    /// <param name="node">The node; null when its record is gone.</param>
    public static void JobClaimed(JobRecord before, JobRecord held, NodeRecord? node)
    {
        var claimed = held.AttemptAt ?? held.CreatedAt;
        var since = before.QueuedAt ?? before.CreatedAt;
        if (Queued.Enabled)
            Queued.Record(Math.Max(0, (claimed - since).TotalSeconds), new KeyValuePair<string, object?>(TelemetryNames.Pool, held.Pool));
        TraceContext.Write(Source, "job.queue", held.TraceParent, since, claimed, held, static (span, job) => Describe(span, job));
        if (node is { ReadyAt: { } ready, FirstJobId: null } && ready >= since)
        {
            TraceContext.Write(Source, "node.provision", held.TraceParent, node.CreatedAt, ready, node, static (span, about) =>
                span.SetTag(TelemetryNames.NodeId, about.Id).SetTag(TelemetryNames.Pool, about.Pool));
        }
    }

    private static void Describe(Activity span, JobRecord job)
    {
        span.SetTag(TelemetryNames.JobId, job.Id);
        span.SetTag(TelemetryNames.Pool, job.Pool);
        span.SetTag("serverless.job.epoch", job.Epoch);
    }
}
