using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Doorbells;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Compute;

/// <summary>Makes a waiting job known to its pool: asks for nodes, and rings. A ring too many wakes an agent that finds nothing new.</summary>
public sealed class PoolQueue(JobSet jobs, PoolScaling scaling, PoolTable pools, IDoorbell doorbell, TimeProvider clock)
{
    /// <summary>How long a job waits before its pool is rung for it again: longer than a node takes to come, so that a healthy pool is not rung twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Makes one job known. Growing goes on while the ring is written: a node takes longer to come than a ring to arrive.</summary>
    public async Task AnnounceAsync(JobRecord job, CancellationToken cancel)
    {
        var pool = job.Pool;
        var grown = scaling.GrowAsync(pool, cancel);
        await doorbell.RingAsync(Queues.Pool(pool), job.Id, RingOptions.Plain, cancel);
        await grown;
    }

    /// <summary>Asks again for the nodes that a waiting job needs: one may have gone meanwhile.</summary>
    public Task GrowAsync(JobRecord job, CancellationToken cancel) => scaling.GrowAsync(job.Pool, cancel);

    /// <summary>Rings again for the oldest jobs of each pool that wait although the pool has room: their rings may have been lost or put aside. As many as there is room for, so that rings do not pile up.</summary>
    public async Task RemindAsync(CancellationToken cancel)
    {
        foreach (var pool in pools.All)
        {
            var waiting = new List<JobRecord>();
            var held = 0;
            await foreach (var job in jobs.AllAsync(PoolScaling.Live(pool.Name), cancel))
            {
                if (job.Status == JobStatus.Queued)
                    waiting.Add(job);
                else if (job.Status is JobStatus.Starting or JobStatus.Running)
                    held++;
            }

            if (waiting.Count > 0)
                await scaling.GrowAsync(pool.Name, cancel);
            var late = clock.GetUtcNow() - Patience;
            foreach (var job in waiting.Where(job => job.QueuedAt < late).OrderBy(job => job.QueuedAt).Take(Math.Max(0, pool.MaxNodes - held)))
                await doorbell.RingAsync(Queues.Pool(pool.Name), job.Id, RingOptions.Plain, cancel);
        }
    }
}
