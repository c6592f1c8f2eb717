using Serverless.Core.Jobs;
using Serverless.Core.Studies;

namespace Serverless.Orchestrations.Studies;

/// <summary>How long a study waits for news before it looks again by itself. Pure.</summary>
internal static class StudyPatience
{
    /// <summary>A timer may fire a little early, and the look after it then waits again: never shorter than this.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>The time until the next look: as the options say, or until a limit on time or cost is reached, so that it is kept to when nothing is heard.</summary>
    /// <param name="study">The study.</param>
    /// <param name="jobs">The jobs of its trials that run.</param>
    /// <param name="options">How closely studies are looked at.</param>
    /// <param name="now">The time.</param>
    public static TimeSpan Of(StudyRecord study, IReadOnlyCollection<JobRecord> jobs, StudyOptions options, DateTimeOffset now)
    {
        var wait = study.Spec.Pruner.Name == "none" ? options.Patience : options.Glance;
        var limits = study.Spec.Limits;
        if (limits.Seconds is { } seconds && TimeSpan.FromSeconds(seconds) - study.Elapsed(now) is { Ticks: > 0 } left && left < wait)
            wait = left;
        if (limits.MaxCost is { } most && UntilCost(study, jobs, most, wait, now) is { } time)
            wait = time;
        return wait < Least ? Least : wait;
    }

    /// <summary>When within a time the cost reaches a limit, at the rate at which it grows; null: not within it, or it has.</summary>
    private static TimeSpan? UntilCost(StudyRecord study, IReadOnlyCollection<JobRecord> jobs, decimal most, TimeSpan wait, DateTimeOffset now)
    {
        var (cost, then) = (study.Settled + Sum(jobs, now), study.Settled + Sum(jobs, now + wait));
        return cost < most && then >= most ? wait * (double)((most - cost) / (then - cost)) : null;
    }

    private static decimal Sum(IReadOnlyCollection<JobRecord> jobs, DateTimeOffset at) => jobs.Sum(job => JobCosts.Of(job, at)?.Amount ?? 0);
}
