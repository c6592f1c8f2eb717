using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Studies.Trials;

/// <summary>What the end of a trial's job means for the search. Pure.</summary>
internal static class TrialNews
{
    /// <summary>The event; null while the job goes on.</summary>
    /// <param name="run">The trial.</param>
    /// <param name="job">Its job.</param>
    /// <param name="begin">When the study began, less the times between its runs.</param>
    /// <param name="now">The time.</param>
    public static StudyEvent? Of(TrialRun run, JobRecord job, DateTimeOffset begin, DateTimeOffset now) => job.Status switch
    {
        JobStatus.Succeeded => new TrialCompleted(run.Number) { Ending = Ending(job, begin, now) },
        JobStatus.Stopped when run.Pruned => new TrialPruned(run.Number) { Ending = Ending(job, begin, now) },
        JobStatus.Failed or JobStatus.Stopped => new TrialFailed(run.Number, Cut: run is { StopAsked: true, Pruned: false }) { Ending = Ending(job, begin, now) },
        JobStatus.Pending or JobStatus.Queued or JobStatus.Starting or JobStatus.Running or JobStatus.Finishing => null,
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.Status, null),
    };

    private static TrialEnding Ending(JobRecord job, DateTimeOffset begin, DateTimeOffset now)
    {
        var end = job.EndedAt ?? now;
        return new TrialEnding((end - begin).TotalSeconds, job.StartedAt is { } start ? (end - start).TotalSeconds : null, JobCosts.Of(job, now)?.Amount ?? 0);
    }
}
