using Microsoft.Extensions.Logging;
using Serverless.Contracts.Jobs;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Jobs;

/// <summary>
/// Asks for a job to stop: one that waits ends at once; the agent of one that runs learns it by its next renewal. What counts is the record; when its workflow cannot be told now, it finds the
/// request at its own next look, within <see cref="JobWatchRules.QueueGlance"/> where the job waits for a node.
/// </summary>
public sealed partial class JobStopping(JobSet jobs, JobNews news, TimeProvider clock, ILogger<JobStopping> log)
{
    /// <summary>Asks. Asking twice, or for a job that has ended, changes nothing.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <param name="reason">Why: <see cref="JobReason.StopRequested"/> when a person asked.</param>
    /// <returns>The job's record afterwards.</returns>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public async Task<JobRecord> StopAsync(string id, CancellationToken cancel, JobReason reason = JobReason.StopRequested)
    {
        var before = await jobs.FindAsync(id, cancel);
        var after = before is null ? null : await jobs.UpdateAsync(id, job => JobLife.RequestStop(job, clock.GetUtcNow(), reason), cancel);
        if (before is null || after is null)
            throw Fail.NotFound("job", id, "List the jobs to find its id.");
        try
        {
            await news.TellAsync(before, after, cancel);
        }
        catch (ServerlessException failed) when (failed.Retryable)
        {
            LogNotTold(id, failed.Message);
        }

        return after;
    }
}
