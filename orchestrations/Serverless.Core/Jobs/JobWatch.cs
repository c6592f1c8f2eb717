using System.Globalization;
using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>What is to be done about a job, decided from its record alone. Pure: who calls does it and writes under the record's ETag.</summary>
public static class JobWatch
{
    /// <summary>The shortest wait for money: a cheap machine's costs are not looked at every millisecond.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Decides.</summary>
    /// <param name="job">The job.</param>
    /// <param name="facts">What else must be known.</param>
    /// <param name="now">The time.</param>
    public static JobVerdict Decide(JobRecord job, JobWatchFacts facts, DateTimeOffset now) => job.Status switch
    {
        JobStatus.Succeeded or JobStatus.Failed or JobStatus.Stopped => JobVerdict.Over,
        JobStatus.Finishing => JobVerdict.Publish,
        JobStatus.Pending => JobVerdict.Wait(facts.Rules.Glance),
        JobStatus.Queued => Queued(job, facts, now),
        JobStatus.Starting or JobStatus.Running => Attempted(job, facts, now),
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.Status, null),
    };

    private static JobVerdict Queued(JobRecord job, JobWatchFacts facts, DateTimeOffset now)
    {
        if (job.StopRequested)
            return Stopped(job);
        if (job.Epoch > 0 && facts.Spend is { } spend && JobSpending.Reached(job, spend, now))
            return JobVerdict.End(spend.Reason, JobSpending.Words(job, spend, now));
        var waited = now - (job.QueuedAt ?? job.CreatedAt);
        var limit = facts.OthersRun || facts.Short is not null ? facts.Rules.QueueWait : facts.Rules.NodeWait;
        if (waited < limit)
            return JobVerdict.Wait(Shorter(Glance(facts.Rules, waited), limit - waited));
        return JobVerdict.End(JobReason.NoCapacity, string.Create(CultureInfo.InvariantCulture,
            $"No node of pool '{job.Pool}' took the job within {limit.TotalSeconds:0} s.{(facts.Short is { } lacking ? $" {lacking}" : "")}"));
    }

    /// <summary>Often at first, when a node that was leaving may just be missed; then as long as the job has waited, up to a limit.</summary>
    private static TimeSpan Glance(JobWatchRules rules, TimeSpan waited) =>
        waited < rules.Glance ? rules.Glance : Shorter(waited, rules.QueueGlance);

    private static JobVerdict Attempted(JobRecord job, JobWatchFacts facts, DateTimeOffset now)
    {
        if (job.Exit is { } exit)
            return Exited(job, exit.Reason, exit.Message);
        if (job.Lease is not { } lease)
            return Lost(job, "nobody holds it");
        if (lease.ExpiresAt <= now)
        {
            var stamp = Stamp(job, lease);
            return stamp == facts.Suspect
                ? Lost(job, string.Create(CultureInfo.InvariantCulture, $"its claim ran out at {lease.ExpiresAt:u}"))
                : JobVerdict.Wait(facts.Rules.Doubt) with { Suspect = stamp };
        }

        return Overdue(job, facts, now) ?? Overspent(job, facts, now) ?? JobVerdict.Wait(Shorter(lease.ExpiresAt - now, Remaining(job, facts, now)));
    }

    private static JobVerdict Exited(JobRecord job, JobReason reason, string? message)
    {
        if (job.StopAsked)
            return Stopped(job);
        if (reason == JobReason.Completed)
            return JobVerdict.Publish; // also when a limit came in the same moment: it has been paid for
        if (job.StopRequested)
            return Stopped(job);
        return Again(job, reason, message ?? JobReasons.Words(reason));
    }

    private static JobVerdict Lost(JobRecord job, string why) =>
        job.StopRequested
            ? Stopped(job)
            : Again(job, JobReason.NodeLost, $"The node '{job.Lease?.NodeId ?? job.Machine?.NodeId}' stopped answering in attempt {job.Epoch}: {why}.");

    private static JobVerdict Again(JobRecord job, JobReason reason, string message)
    {
        if (!JobReasons.Retryable(reason))
            return JobVerdict.End(reason, message);
        // A machine that was taken away with notice is nobody's fault; but a pool that evicts again and again is not waited out for ever.
        if (reason == JobReason.Evicted && job.Evictions < JobLife.FreeEvictions)
            return JobVerdict.Requeue(reason, message);
        var counted = job.Epoch - job.Evictions;
        return counted < job.Spec.Limits.MaxAttempts
            ? JobVerdict.Requeue(reason, message)
            : JobVerdict.End(reason, $"{message} That was attempt {counted} of {job.Spec.Limits.MaxAttempts}{(job.Evictions > 0 ? $", without {job.Evictions} evictions" : "")}.");
    }

    /// <summary>The agent stops a program at its limits; this is for one that goes on renewing and does not.</summary>
    private static JobVerdict? Overdue(JobRecord job, JobWatchFacts facts, DateTimeOffset now)
    {
        if (StopBy(job, facts) is { } stop && stop <= now)
            return JobVerdict.End(StopReason(job), $"{(job.StopAsked ? "Somebody asked for the job to stop." : job.StopMessage)} The node '{job.Lease?.NodeId}' did not confirm it in time and was cut off.");
        return RunBy(job, facts) is { } run && run <= now
            ? JobVerdict.End(JobReason.TimeLimit, $"The run passed its limit of {job.Spec.Limits.MaxRunSeconds} s and the node '{job.Lease?.NodeId}' did not end it; it was cut off.")
            : null;
    }

    private static JobVerdict? Overspent(JobRecord job, JobWatchFacts facts, DateTimeOffset now) =>
        facts.Spend is { } spend && !job.StopRequested && JobSpending.Reached(job, spend, now)
            ? JobVerdict.Stop(spend.Reason, JobSpending.Words(job, spend, now), TimeSpan.FromSeconds(job.Spec.Limits.GraceSeconds) + facts.Rules.StopSlack)
            : null;

    private static TimeSpan Remaining(JobRecord job, JobWatchFacts facts, DateTimeOffset now)
    {
        var run = RunBy(job, facts) is { } limit ? limit - now : TimeSpan.MaxValue;
        if (!job.StopRequested && JobSpending.Left(job, facts.Spend, now) is { } paid)
            run = Shorter(run, paid > Shortest ? paid : Shortest);
        return StopBy(job, facts) is { } stop ? Shorter(run, stop - now) : run;
    }

    private static DateTimeOffset? StopBy(JobRecord job, JobWatchFacts facts) =>
        job.StopRequested && job.StopRequestedAt is { } asked ? asked + TimeSpan.FromSeconds(job.Spec.Limits.GraceSeconds) + facts.Rules.StopSlack : null;

    private static DateTimeOffset? RunBy(JobRecord job, JobWatchFacts facts) =>
        job.AttemptAt is { } since ? since + TimeSpan.FromSeconds(job.Spec.Limits.MaxRunSeconds + job.Spec.Limits.GraceSeconds) + facts.Rules.RunSlack : null;

    private static JobReason StopReason(JobRecord job) => job.StopAsked ? JobReason.StopRequested : job.StopReason;

    private static JobVerdict Stopped(JobRecord job) =>
        !job.StopAsked
            ? JobVerdict.End(job.StopReason, job.StopMessage ?? JobReasons.Words(job.StopReason))
            : JobVerdict.End(JobReason.StopRequested, job.Exit?.Message is { Length: > 0 } words && job.Exit.Reason == JobReason.StopRequested ? words : JobReasons.Words(JobReason.StopRequested));

    private static string Stamp(JobRecord job, JobLease lease) => string.Create(CultureInfo.InvariantCulture, $"{job.Epoch}/{lease.ExpiresAt:O}");

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
