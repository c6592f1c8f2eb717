using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Orchestrations.Training;

/// <summary>
/// Looks at a job's record, decides, and does what was decided. The decision is made again on whatever is there when it is written; so an exit that an agent reports
/// at the last moment is never overruled by a claim that had just run out.
/// </summary>
internal sealed class JobObserver(JobSet jobs, JobEnding ending, JobFacts facts, PoolQueue queue, TimeProvider clock)
{
    /// <summary>Looks once. Any number of times: what was done is not done again, but that a waiting job's pool is asked again for the epoch it was not asked for yet.</summary>
    public async Task<JobSeen> SeeAsync(string id, JobSeen last, CancellationToken cancel)
    {
        if (await jobs.FindAsync(id, cancel) is not { } job)
            return last with { Next = NextStep.Over };
        var known = await facts.OfAsync(job, last.Suspect, cancel);
        var lease = facts.LeaseOf(job);
        var verdict = JobVerdict.Over;
        var after = await ending.ChangeAsync(id, now => Apply(now, lease, verdict = JobWatch.Decide(JobLife.CutLease(now, lease, clock.GetUtcNow()), known, clock.GetUtcNow())), cancel);
        return after is null ? last with { Next = NextStep.Over } : await TellAsync(after, verdict, last, known.Rules, cancel);
    }

    private JobRecord Apply(JobRecord job, TimeSpan lease, JobVerdict verdict) => verdict.Kind switch
    {
        JobVerdictKind.Wait => JobLife.CutLease(job, lease, clock.GetUtcNow()),
        JobVerdictKind.Stop => JobLife.RequestStop(job, clock.GetUtcNow(), verdict.Reason, verdict.Message),
        JobVerdictKind.Requeue => JobLife.Requeue(job, verdict.Reason, verdict.Message ?? JobReasons.Words(verdict.Reason), clock.GetUtcNow()),
        JobVerdictKind.Publish => JobLife.Publish(job),
        JobVerdictKind.End => ending.End(job, verdict.Reason, verdict.Message, null),
        JobVerdictKind.Over => job,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict.Kind, null),
    };

    private async Task<JobSeen> TellAsync(JobRecord job, JobVerdict verdict, JobSeen last, JobWatchRules rules, CancellationToken cancel)
    {
        if (job.Ended)
            return last with { Next = NextStep.Over };
        if (job.Status == JobStatus.Finishing)
            return last with { Next = NextStep.Publish };
        if (job.Status != JobStatus.Queued)
            return new JobSeen(NextStep.Wait, verdict.Delay, verdict.Suspect, last.RungEpoch);

        // The pool is asked before the look is recorded: a crash between the two asks it again.
        if (job.Epoch != last.RungEpoch)
            await queue.AnnounceAsync(job, cancel);
        else
            await queue.GrowAsync(job, cancel);
        return new JobSeen(NextStep.Wait, verdict.Kind == JobVerdictKind.Wait ? verdict.Delay : rules.Glance, null, job.Epoch);
    }
}
