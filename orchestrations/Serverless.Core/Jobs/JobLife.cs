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
    /// <summary>How many evictions of a job do not count as attempts: more than a spot machine's worst day.</summary>
    public const int FreeEvictions = 20;

    /// <summary>The job may wait for a node.</summary>
    /// <param name="job">A pending job.</param>
    /// <param name="resolved">What was asked for, with data sets resolved to versions.</param>
    /// <param name="placement">The machine that was chosen for it.</param>
    /// <param name="now">The time.</param>
    /// <param name="origin">The checkpoint that it begins with; null: none was asked for.</param>
    public static JobRecord Admit(JobRecord job, JobSpec resolved, JobPlacement? placement, DateTimeOffset now, JobOrigin? origin = null) =>
        job.Status != JobStatus.Pending ? job : job with { Spec = resolved, Placement = placement, Origin = origin, Status = JobStatus.Queued, QueuedAt = now };

    /// <summary>An agent takes the job: the epoch rises, and every earlier claim is over. An attempt that begins without a checkpoint begins without metrics: a gate must not pass on what a lost attempt reported.</summary>
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
                Metrics = job.Checkpoint is null ? new Dictionary<string, double>() : job.Metrics,
                MetricRanges = job.Checkpoint is null ? null : job.MetricRanges,
                PointBytes = 0,
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

    /// <summary>The agent reports; a report renews too. The same report twice changes nothing but the lease; a late one never undoes an exit.</summary>
    /// <exception cref="ServerlessException"><c>stale_epoch</c> when the claim is over (and the report is not a repeat of its end); <c>invalid_input</c> when the report contradicts itself.</exception>
    public static JobRecord Report(JobRecord job, AttemptReport report, TimeSpan lease, DateTimeOffset now)
    {
        if (job.Exit is not null && job.Epoch == report.Epoch && report.Phase == AttemptPhase.Exited)
            return job;
        RequireClaim(job, report.NodeId, report.Epoch);
        JobReports.Require(report);
        var fresh = NewPoints(job, report).ToList();
        var started = report.Phase == AttemptPhase.Running || report.Exit is { ExitCode: not null };
        return job with
        {
            Lease = report.Exit is null ? new JobLease(report.NodeId, now + lease) : null,
            Status = started && job.Status == JobStatus.Starting ? JobStatus.Running : job.Status,
            Phase = report.Phase > job.Phase ? report.Phase : job.Phase,
            Metrics = JobReports.LastValues(job.Metrics, fresh),
            MetricRanges = JobReports.Ranges(job.MetricRanges, fresh),
            Points = job.Points + fresh.Count,
            Staging = report.Staging ?? job.Staging,
            Machine = job.Machine is { } machine && JobReports.Image(report) is { } image ? machine with { Image = image } : job.Machine,
            StartedAt = job.StartedAt ?? report.StartedAt,
            Exit = JobReports.Bounded(report.Exit),
        };
    }

    /// <summary>The points of a report that are not stored yet.</summary>
    /// <exception cref="ServerlessException"><c>conflict</c> when points before them are missing.</exception>
    public static IEnumerable<MetricPoint> NewPoints(JobRecord job, AttemptReport report) =>
        report.Points.Count == 0 ? []
        : report.FirstPoint > job.Points
            ? throw Fail.Conflict($"The report begins at metric point {report.FirstPoint}; {job.Points} are stored.", $"Send from point {job.Points}.")
            : report.Points.Skip((int)Math.Min(int.MaxValue, job.Points - Math.Max(0, report.FirstPoint)));

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
    /// <param name="job">The job.</param>
    /// <param name="now">The time; from then on its program has its grace period, and little more.</param>
    /// <param name="reason">Why: a limit, or <see cref="JobReason.StopRequested"/> when a person asked.</param>
    /// <param name="message">The reason in words.</param>
    public static JobRecord RequestStop(JobRecord job, DateTimeOffset now, JobReason reason = JobReason.StopRequested, string? message = null) =>
        job.Ended || job.StopRequested ? job : job with { StopRequested = true, StopRequestedAt = now, StopReason = reason, StopMessage = message };

    /// <summary>A lease that ends later than any claim made now could: the clock was set back since. It is cut to what a claim made now would hold, so that a lost node is not waited for by the old clock.</summary>
    public static JobRecord CutLease(JobRecord job, TimeSpan lease, DateTimeOffset now) =>
        job.Lease is { } held && held.ExpiresAt > now + lease + lease ? job with { Lease = held with { ExpiresAt = now + lease } } : job;

    /// <summary>The attempt is over without an end of its own, or ended in a way that another attempt may mend: the job waits for a node again. Its old agent can change nothing from now on. A job that no attempt holds or held stays as it is.</summary>
    /// <param name="job">The job.</param>
    /// <param name="reason">Why the attempt is over.</param>
    /// <param name="message">The reason in words.</param>
    /// <param name="now">The time.</param>
    public static JobRecord Requeue(JobRecord job, JobReason reason, string message, DateTimeOffset now) =>
        !Attempted(job)
            ? job
            : job with
            {
                Status = JobStatus.Queued,
                Evictions = reason == JobReason.Evicted && job.Evictions < FreeEvictions ? job.Evictions + 1 : job.Evictions,
                Reason = reason,
                Message = message,
                Lease = null,
                Phase = null,
                Exit = null,
                QueuedAt = now,
                Spent = JobCosts.Of(job, now),
                AttemptAt = null,
            };

    /// <summary>The program ended well: its files are the job's result. Once, and only of an attempt that said that it completed.</summary>
    public static JobRecord Publish(JobRecord job) =>
        !Attempted(job) || job.Exit is not { Reason: JobReason.Completed }
            ? job
            : job with { Status = JobStatus.Finishing, Reason = JobReason.None, Message = null, Cure = null, PublishedEpoch = job.Epoch, Lease = null };

    /// <summary>The job made a model version. The first one said stays.</summary>
    public static JobRecord Made(JobRecord job, string model) => job.Ended || job.Model is not null ? job : job with { Model = model };

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
                Endpoint = status == JobStatus.Succeeded ? job.Spec.Model?.Endpoint : null,
                Lease = null,
                EndedAt = now,
                Spent = JobCosts.Of(job, now),
                AttemptAt = null,
            };

    /// <summary>Whether an attempt runs, or has just ended.</summary>
    private static bool Attempted(JobRecord job) => job.Status is JobStatus.Starting or JobStatus.Running;

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
