using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Studies.Trials;

/// <summary>What the end of a trial's job means for the search. Pure.</summary>
internal static class TrialNews
{
    /// <summary>The event; null while the job goes on.</summary>
    public static StudyEvent? Of(TrialRun run, JobRecord job) => job.Status switch
    {
        JobStatus.Succeeded => new TrialCompleted(run.Number),
        JobStatus.Stopped when run.Pruned => new TrialPruned(run.Number),
        JobStatus.Failed or JobStatus.Stopped => new TrialFailed(run.Number),
        JobStatus.Pending or JobStatus.Queued or JobStatus.Starting or JobStatus.Running or JobStatus.Finishing => null,
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.Status, null),
    };
}
