using Microsoft.Extensions.Logging;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Telemetry;

namespace Serverless.Orchestrations.Jobs;

/// <summary>
/// Changes a job, and does what its change asks for besides: the last log lines go with a failure, a node that lost its claim is ended, one that ended its work is freed.
/// Any number of times: what has ended stays as it ended, and the reaper frees what a crash left held.
/// </summary>
public sealed partial class JobEnding(JobSet jobs, JobLogTail logs, PoolNodes nodes, MonthlyBudget budget, TimeProvider clock, ILogger<JobEnding> log)
{
    /// <summary>Ends a job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="reason">Why; it decides how the job ends.</param>
    /// <param name="message">The reason in words; null: the reason's own.</param>
    /// <param name="cure">What to do about it; null: the reason's own.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The job afterwards; null when there is none.</returns>
    public Task<JobRecord?> EndAsync(string id, JobReason reason, string? message, string? cure, CancellationToken cancel) =>
        ChangeAsync(id, job => End(job, reason, message, cure), cancel);

    /// <summary>Changes a job by a rule.</summary>
    /// <param name="id">The job.</param>
    /// <param name="rule">From what is there to what shall be there; pure.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The job afterwards; null when there is none.</returns>
    internal async Task<JobRecord?> ChangeAsync(string id, Func<JobRecord, JobRecord> rule, CancellationToken cancel)
    {
        if (await jobs.FindAsync(id, cancel) is not { } before)
            return null;
        var fails = !before.Ended && rule(before).Status == JobStatus.Failed;
        var tail = fails ? await logs.ReadAsync(before, cancel) : null;
        var after = await jobs.UpdateAsync(
            id,
            job =>
            {
                before = job;
                var next = rule(job);
                return tail is not null && next.Status == JobStatus.Failed && !job.Ended ? next with { LogTail = tail } : next;
            },
            cancel);
        if (after is not null && !ReferenceEquals(after, before))
            await FollowAsync(before, after, cancel);
        return after;
    }

    internal JobRecord End(JobRecord job, JobReason reason, string? message, string? cure) => JobLife.End(
        job,
        JobReasons.FinalStatus(reason),
        reason,
        message ?? (reason == JobReason.Completed ? null : JobReasons.Words(reason)),
        cure ?? JobReasons.Cure(reason),
        clock.GetUtcNow());

    private async Task FollowAsync(JobRecord before, JobRecord after, CancellationToken cancel)
    {
        if (after.Ended)
        {
            JobTelemetry.JobEnded(after);
            LogEnded(after.Id, after.Status, after.Reason, after.Message);
            await budget.SettleAsync(after, cancel);
        }
        else if (after.Status == JobStatus.Queued && before.Status != JobStatus.Pending)
            LogRequeued(after.Id, after.Epoch, after.Reason, after.Message);
        if (before.Lease is { } held && after.Lease is null)
            await nodes.EndAsync(after.Pool, held.NodeId, $"it held job '{after.Id}', which went on without it", cancel);
        else if (after.Lease is null && before.Machine?.NodeId is { } node)
            await nodes.FreeAsync(node, after.Id, cancel);
    }
}
