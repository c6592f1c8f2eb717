using System.Diagnostics;
using System.Diagnostics.Metrics;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Telemetry;

namespace Serverless.Orchestrations.Telemetry;

/// <summary>Spans and metrics of what is decided here. Written where a decision has been stored, so that what is tried twice is told once.</summary>
internal static class JobTelemetry
{
    /// <summary>The spans' source.</summary>
    public static readonly ActivitySource Source = new(TelemetryNames.Orchestrations);

    private static readonly Meter Meter = new(TelemetryNames.Orchestrations);
    private static readonly Counter<long> Ended = Meter.CreateCounter<long>("serverless.job.ended", "{job}", "Jobs that ended, by status, reason and pool.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("serverless.job.duration", "s", "From a job's record to its end.");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("serverless.job.cost", "{currency}", "What jobs that ended have cost, at the stated price of their machines.");
    private static readonly Counter<long> Fired = Meter.CreateCounter<long>("serverless.trigger.fired", "{firing}", "Jobs that triggers started.");
    private static readonly Counter<long> Deployed = Meter.CreateCounter<long>("serverless.deployment.ended", "{deployment}", "Deployments that ended, by status.");
    private static readonly Gauge<long> Nodes = Meter.CreateGauge<long>("serverless.node.count", "{node}", "Nodes of a pool, by state, when it was last swept.");
    private static readonly Gauge<long> Active = Meter.CreateGauge<long>("serverless.job.count", "{job}", "Jobs that have not ended, by status, when they were last swept.");

    /// <summary>A job has ended for good.</summary>
    public static void JobEnded(JobRecord job)
    {
        var ended = job.EndedAt ?? job.CreatedAt;
        TraceContext.Write(Source, "job", job.TraceParent, job.CreatedAt, ended, job, static (span, about) => Describe(span, about));
        if (Ended.Enabled)
            Ended.Add(1, Tag(TelemetryNames.Status, job.Status.ToString()), Tag(TelemetryNames.Reason, job.Reason.ToString()), Tag(TelemetryNames.Pool, job.Pool));
        if (Duration.Enabled)
            Duration.Record(Math.Max(0, (ended - job.CreatedAt).TotalSeconds), Tag(TelemetryNames.Status, job.Status.ToString()), Tag(TelemetryNames.Pool, job.Pool));
        if (Cost.Enabled && job.Spent is { } spent)
            Cost.Add((double)spent.Amount, Tag("serverless.currency", spent.Currency), Tag(TelemetryNames.Pool, job.Pool));
    }

    /// <summary>A job's workflow has done its last step.</summary>
    public static void WorkflowEnded(JobRecord job, DateTimeOffset now) =>
        TraceContext.Write(Source, "workflow training", job.TraceParent, job.CreatedAt, now, job.Id, static (span, id) => span.SetTag(TelemetryNames.WorkflowId, id));

    /// <summary>A trigger has started a job.</summary>
    public static void TriggerFired()
    {
        if (Fired.Enabled)
            Fired.Add(1);
    }

    /// <summary>A deployment has ended.</summary>
    public static void DeploymentEnded(Enum status)
    {
        if (Deployed.Enabled)
            Deployed.Add(1, Tag(TelemetryNames.Status, status.ToString()));
    }

    /// <summary>A pool was swept.</summary>
    public static void PoolSwept(string pool, IEnumerable<NodeStatus> nodes)
    {
        if (!Nodes.Enabled)
            return;
        var counts = nodes.CountBy(status => status).ToDictionary();
        foreach (var status in new[] { NodeStatus.Starting, NodeStatus.Idle, NodeStatus.Busy, NodeStatus.Leaving })
            Nodes.Record(counts.GetValueOrDefault(status), Tag(TelemetryNames.Pool, pool), Tag(TelemetryNames.Status, status.ToString()));
    }

    /// <summary>All jobs that have not ended were looked at.</summary>
    public static void JobsSwept(IReadOnlyDictionary<JobStatus, int> counts)
    {
        if (!Active.Enabled)
            return;
        foreach (var status in new[] { JobStatus.Pending, JobStatus.Queued, JobStatus.Starting, JobStatus.Running, JobStatus.Finishing })
            Active.Record(counts.GetValueOrDefault(status), Tag(TelemetryNames.Status, status.ToString()));
    }

    private static void Describe(Activity span, JobRecord job)
    {
        span.SetTag(TelemetryNames.JobId, job.Id);
        span.SetTag(TelemetryNames.Pool, job.Pool);
        span.SetTag(TelemetryNames.Status, job.Status.ToString());
        span.SetTag(TelemetryNames.Reason, job.Reason.ToString());
        span.SetTag("serverless.job.attempts", job.Epoch);
        if (job.Status == JobStatus.Failed)
            span.SetStatus(ActivityStatusCode.Error);
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
