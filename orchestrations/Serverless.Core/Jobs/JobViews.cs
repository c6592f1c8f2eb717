using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>How a stored job is shown.</summary>
public static class JobViews
{
    /// <summary>The job as the API shows it; of one that runs the cost up to now.</summary>
    public static Job View(JobRecord job, DateTimeOffset now) => new()
    {
        Id = job.Id,
        Name = job.Name,
        Status = job.Status,
        Reason = job.Reason,
        Message = job.Message,
        Cure = job.Cure,
        Spec = job.Spec,
        Source = job.Source,
        Trial = job.Trial,
        Attempt = job.Epoch,
        ExitCode = job.Exit?.ExitCode,
        CreatedAt = job.CreatedAt,
        ClaimedAt = job.ClaimedAt,
        StartedAt = job.StartedAt,
        ExitedAt = job.Exit?.At,
        EndedAt = job.EndedAt,
        Metrics = job.Metrics,
        Placement = job.Placement,
        Machine = job.Machine,
        Cost = JobCosts.Of(job, now),
        LogTail = job.Status == JobStatus.Failed ? Tail(job) : [],
        Model = job.Model,
        Endpoint = job.Endpoint,
        Staging = job.Staging,
        StartedFrom = job.Origin?.View(),
    };

    private static IReadOnlyList<string> Tail(JobRecord job) => job.Exit is { LogTail.Count: > 0 } exit ? exit.LogTail : job.LogTail ?? [];
}
