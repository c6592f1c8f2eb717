namespace Serverless.Core.Jobs;

/// <summary>When a job must stop for money. Pure. It is asked to stop so early that its grace period is paid for as well.</summary>
public static class JobSpending
{
    /// <summary>What the job will have cost when it is asked to stop now and takes its whole grace period.</summary>
    public static decimal CostOfStopping(JobRecord job, DateTimeOffset now)
    {
        var spent = JobCosts.Of(job, now)?.Amount ?? 0;
        var price = job.AttemptAt is null ? job.Placement?.PricePerHour ?? 0 : job.PricePerHour;
        return spent + price * job.Spec.Limits.GraceSeconds / 3600m;
    }

    /// <summary>Whether the job must stop now.</summary>
    public static bool Reached(JobRecord job, JobSpend? spend, DateTimeOffset now) => spend is not null && CostOfStopping(job, now) >= spend.Amount;

    /// <summary>How long an attempt may still go on; null: money does not bound it.</summary>
    public static TimeSpan? Left(JobRecord job, JobSpend? spend, DateTimeOffset now)
    {
        if (spend is null || job.PricePerHour <= 0)
            return null;
        var hours = (double)Math.Max(0, spend.Amount - CostOfStopping(job, now)) / (double)job.PricePerHour;
        return hours < 1_000_000 ? TimeSpan.FromHours(hours) : null;
    }

    /// <summary>The end in words.</summary>
    public static string Words(JobRecord job, JobSpend spend, DateTimeOffset now) => FormattableString.Invariant(
        $"{JobReasons.Words(spend.Reason)[..^1]}: the job has cost {Math.Round(JobCosts.Of(job, now)?.Amount ?? 0, 4)} {spend.Currency} and may cost {Math.Round(spend.Amount, 4)}, its grace period included.");
}
