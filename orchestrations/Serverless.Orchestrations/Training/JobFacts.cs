using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Compute;

namespace Serverless.Orchestrations.Training;

/// <summary>Gathers what a decision about a job takes besides its record.</summary>
internal sealed class JobFacts(JobSet jobs, PoolTable pools, JobWatchRules rules)
{
    public TimeSpan LeaseOf(JobRecord job) => (pools.Find(job.Pool) ?? new PoolOptions()).Lease;

    public async Task<JobWatchFacts> OfAsync(JobRecord job, string? suspect, CancellationToken cancel) =>
        new(rules, suspect, job.Status == JobStatus.Queued && await OthersRunAsync(job, cancel));

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
