using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Compute;

namespace Serverless.Orchestrations.Training;

/// <summary>Gathers what a decision about a job takes besides its record.</summary>
internal sealed class JobFacts(JobSet jobs, PoolTable pools, MonthlyBudget budget, IComputePool compute, JobWatchRules rules)
{
    public TimeSpan LeaseOf(JobRecord job) => (pools.Find(job.Pool) ?? new PoolOptions()).Lease;

    public async Task<JobWatchFacts> OfAsync(JobRecord job, string? suspect, CancellationToken cancel) =>
        new(rules, suspect, job.Status == JobStatus.Queued && await OthersRunAsync(job, cancel), await SpendAsync(job, cancel),
            job.Status == JobStatus.Queued ? await ShortAsync(job, cancel) : null);

    /// <summary>What the pool is short of and may have later.</summary>
    private async Task<string?> ShortAsync(JobRecord job, CancellationToken cancel)
    {
        try
        {
            return (await compute.ShortagesAsync(job.Pool, cancel)).FirstOrDefault(shortage => shortage.Passes)?.Message;
        }
        catch (ServerlessException)
        {
            return null; // a pool that is no more, or a provider that is away: nothing is known
        }
    }

    /// <summary>What the job may cost: its own limit, or what the month's budget holds for it, whichever is less.</summary>
    private async Task<JobSpend?> SpendAsync(JobRecord job, CancellationToken cancel)
    {
        if (job.Ended || job.Placement is not { } placement)
            return null;
        var own = job.Spec.Limits.MaxCost is { } most ? new JobSpend(most, placement.Currency, JobReason.CostLimit) : null;
        var held = await budget.HoldAsync(job, cancel);
        return own is null || held?.Amount < own.Amount ? held ?? own : own;
    }

    private async Task<bool> OthersRunAsync(JobRecord job, CancellationToken cancel)
    {
        foreach (var status in new[] { JobStatus.Running, JobStatus.Starting })
        {
            var where = PoolScaling.Live(job.Pool);
            where["status"] = status.ToString();
            if ((await jobs.QueryAsync(where, null, 1, null, cancel)).Records.Count > 0)
                return true;
        }

        return false;
    }
}
