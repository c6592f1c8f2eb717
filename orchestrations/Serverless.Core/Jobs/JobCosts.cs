using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>What a job costs: for each attempt the machine's raw price times the time from claim to end, factor 1.0.</summary>
public static class JobCosts
{
    /// <summary>What the job has cost up to a time.</summary>
    public static JobCost? Of(JobRecord job, DateTimeOffset now)
    {
        if (job.AttemptAt is not { } since)
            return job.Spent;
        var end = job.Exit is { } exit && exit.At < now && exit.At > since ? exit.At : now;
        var seconds = Math.Max(0, (end - since).TotalSeconds);
        var amount = job.PricePerHour * (decimal)seconds / 3600m;
        return new JobCost((job.Spent?.Amount ?? 0) + amount, job.Currency, job.PricePerHour, (job.Spent?.Seconds ?? 0) + seconds);
    }
}
