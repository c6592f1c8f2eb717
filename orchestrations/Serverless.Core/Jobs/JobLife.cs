using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Core.Failures;

namespace Serverless.Core.Jobs;

/// <summary>
/// Every change in a job's life, as functions from record to record. The same instance back means that nothing changes. Who calls writes the result
/// under the ETag that the input was read with; so of two that decide at once, one decides again on what the other left.
/// </summary>
public static class JobLife
{
    /// <summary>The job may wait for a node.</summary>
    /// <param name="job">A pending job.</param>
    /// <param name="resolved">What was asked for, with data sets resolved to versions.</param>
    /// <param name="now">The time.</param>
    public static JobRecord Admit(JobRecord job, JobSpec resolved, DateTimeOffset now) =>
        job.Status != JobStatus.Pending ? job : job with { Spec = resolved, Status = JobStatus.Queued, QueuedAt = now };

    /// <summary>An agent takes the job: the epoch rises, and every earlier claim is over.</summary>
    /// <param name="job">The job.</param>
    /// <param name="machine">What it will run on.</param>
    /// <param name="pricePerHour">The machine's price.</param>
    /// <param name="currency">The price's currency.</param>
    /// <param name="lease">How long the claim holds.</param>
    /// <param name="now">The time.</param>
    /// <returns>The same instance when the job is not there to be taken.</returns>
    public static JobRecord Claim(JobRecord job, JobMachine machine, decimal pricePerHour, string currency, TimeSpan lease, DateTimeOffset now) =>
        job.Status != JobStatus.Queued || job.StopRequested
            ? job
            : job with
            {
                Status = JobStatus.Starting,
                Epoch = job.Epoch + 1,
                Lease = new JobLease(machine.NodeId, now + lease),
                Phase = AttemptPhase.Staging,
                Exit = null,
                Points = 0,
                Staging = null,
                Machine = machine,
                PricePerHour = pricePerHour,
                Currency = currency,
                ClaimedAt = job.ClaimedAt ?? now,
                AttemptAt = now,
            };

    /// <summary>The agent keeps its claim.</summary>
    /// <exception cref="ServerlessException"><c>stale_epoch</c> when the claim is over.</exception>
    public static JobRecord Renew(JobRecord job, string nodeId, int epoch, TimeSpan lease, DateTimeOffset now)
    {
        RequireClaim(job, nodeId, epoch);
        return job with { Lease = new JobLease(nodeId, now + lease) };
    }

    /// <summary>The agent reports; a report renews too. The same report twice changes nothing but the lease.</summary>
    /// <exception cref="ServerlessException"><c>stale_epoch</c> when the claim is over (and the report is not a repeat of its end).</exception>
    public static JobRecord Report(JobRecord job, AttemptReport report, TimeSpan lease, DateTimeOffset now)
    {
        if (job.Exit is not null && job.Epoch == report.Epoch && report.Phase == AttemptPhase.Exited)
            return job;
        RequireClaim(job, report.NodeId, report.Epoch);
        var metrics = new Dictionary<string, double>(job.Metrics);
        foreach (var point in NewPoints(job, report))
            metrics[point.Name] = point.Value;
        var running = report.Phase != AttemptPhase.Staging;
        return job with
        {
            Lease = report.Exit is null ? new JobLease(report.NodeId, now + lease) : null,
            Status = running && job.Status == JobStatus.Starting ? JobStatus.Running : job.Status,
            Phase = report.Phase > job.Phase ? report.Phase : job.Phase,
            Metrics = metrics,
            Points = Math.Max(job.Points, report.FirstPoint + report.Points.Count),
            Staging = report.Staging ?? job.Staging,
            StartedAt = job.StartedAt ?? report.StartedAt,
            Exit = report.Exit,
        };
    }

    /// <summary>The points of a report that are not stored yet.</summary>
    /// <exception cref="ServerlessException"><c>conflict</c> when points before them are missing.</exception>
    public static IEnumerable<MetricPoint> NewPoints(JobRecord job, AttemptReport report) =>
        report.FirstPoint > job.Points && report.Points.Count > 0
            ? throw Fail.Conflict($"The report begins at metric point {report.FirstPoint}; {job.Points} are stored.", $"Send from point {job.Points}.")
            : report.Points.Skip((int)Math.Min(int.MaxValue, job.Points - report.FirstPoint));

    /// <summary>A checkpoint counts from now on.</summary>
    /// <exception cref="ServerlessException"><c>stale_epoch</c> when the claim is over.</exception>
    public static JobRecord Commit(JobRecord job, CheckpointCommit commit, DateTimeOffset now)
    {
        RequireClaim(job, commit.NodeId, commit.Epoch);
        return job.Checkpoint is { } last && last.Epoch == commit.Epoch && last.Sequence >= commit.Sequence
            ? job
            : job with { Checkpoint = new JobCheckpoint(commit.Epoch, commit.Sequence, commit.Files, now) };
    }

    /// <summary>Somebody asks for the job to stop.</summary>
    public static JobRecord RequestStop(JobRecord job) => job.Ended || job.StopRequested ? job : job with { StopRequested = true };

    /// <summary>The attempt is over without an end of its own, or ended in a way that another attempt may mend: the job waits for a node again. Its old agent can change nothing from now on.</summary>
    /// <param name="job">The job.</param>
    /// <param name="reason">Why the attempt is over.</param>
    /// <param name="message">The reason in words.</param>
    /// <param name="now">The time.</param>
    public static JobRecord Requeue(JobRecord job, JobReason reason, string message, DateTimeOffset now) =>
        job with
        {
            Status = JobStatus.Queued,
            Reason = reason,
            Message = message,
            Lease = null,
            Phase = null,
            Exit = null,
            QueuedAt = now,
            Spent = JobCosts.Of(job, now),
            AttemptAt = null,
        };

    /// <summary>The program ended well: its files are the job's result.</summary>
    public static JobRecord Publish(JobRecord job) =>
        job.Status == JobStatus.Finishing ? job : job with { Status = JobStatus.Finishing, PublishedEpoch = job.Epoch, Lease = null };

    /// <summary>The job ends for good. One that has ended stays as it is.</summary>
    public static JobRecord End(JobRecord job, JobStatus status, JobReason reason, string? message, string? cure, DateTimeOffset now) =>
        job.Ended
            ? job
            : job with
            {
                Status = status,
                Reason = reason,
                Message = message,
                Cure = cure,
                Lease = null,
                EndedAt = now,
                Spent = JobCosts.Of(job, now),
                AttemptAt = null,
            };

    /// <summary>Whether a claim still holds the job.</summary>
    public static bool Holds(JobRecord job, string nodeId, int epoch) => job.Epoch == epoch && job.Lease?.NodeId == nodeId;

    /// <summary>Refuses whoever does not hold the job.</summary>
    /// <exception cref="ServerlessException"><c>stale_epoch</c>.</exception>
    public static void RequireClaim(JobRecord job, string nodeId, int epoch)
    {
        if (!Holds(job, nodeId, epoch))
            throw Fail.StaleEpoch(job.Id, epoch, job.Epoch);
    }
}
