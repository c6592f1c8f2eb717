using Microsoft.Extensions.Logging;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Compute;

namespace Serverless.Orchestrations.Jobs;

/// <summary>Ends a job with a word, and frees what it held. Any number of times: a job that has ended stays as it ended.</summary>
public sealed partial class JobEnding(JobSet jobs, JobLogTail logs, NodeRelease nodes, TimeProvider clock, ILogger<JobEnding> log)
{
    /// <summary>Ends a job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="reason">Why; it decides how the job ends.</param>
    /// <param name="message">The reason in words; null: the reason's own.</param>
    /// <param name="cure">What to do about it; null: the reason's own.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The job afterwards; null when there is none.</returns>
    public async Task<JobRecord?> EndAsync(string id, JobReason reason, string? message, string? cure, CancellationToken cancel)
    {
        if (await jobs.FindAsync(id, cancel) is not { } before)
            return null;
        var status = JobReasons.FinalStatus(reason);
        var tail = status == JobStatus.Failed ? await logs.ReadAsync(before, cancel) : null;
        var after = await jobs.UpdateAsync(id, job => End(job with { LogTail = job.LogTail ?? tail }, job), cancel);
        if (after is { Ended: true } && !before.Ended)
            LogEnded(id, after.Status, after.Reason, after.Message);
        await nodes.FreeAsync(before, cancel);
        return after;

        JobRecord End(JobRecord withTail, JobRecord job) =>
            job.Ended ? job : JobLife.End(withTail, status, reason, message ?? JobReasons.Words(reason), cure ?? JobReasons.Cure(reason), clock.GetUtcNow());
    }
}
