using Microsoft.Extensions.Hosting;
using Serverless.Api.Telemetry;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Api.Agents;

/// <summary>What agents do to jobs' records: each a conditional write of one of <see cref="JobLife"/>'s decisions.</summary>
internal sealed class AgentJobs(JobSet jobs, NodeSet nodes, AgentOutcome outcome, PoolTable pools, IHostApplicationLifetime lifetime)
{
    /// <summary>The clock.</summary>
    public TimeProvider Clock => outcome.Clock;

    /// <summary>How long a claim holds.</summary>
    public TimeSpan LeaseOf(NodeIdentity node) => pools.Find(node.Pool)?.Lease ?? new PoolOptions().Lease;

    /// <summary>Broken off when the caller goes or the host stops: a wait for work must not hold the host up.</summary>
    public CancellationTokenSource UntilStopping(CancellationToken cancel) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);

    /// <summary>The machine of a node that has said hello.</summary>
    /// <exception cref="ServerlessException"><c>conflict</c> when it has not, or has said that it leaves.</exception>
    public async Task<ClaimMachine> MachineAsync(NodeIdentity node, CancellationToken cancel)
    {
        var record = await nodes.FindAsync(node.NodeId, cancel);
        if (record?.Hello is not { } hello || record.Status is Contracts.Compute.NodeStatus.Leaving or Contracts.Compute.NodeStatus.Gone)
            throw Fail.Conflict($"Node '{node.NodeId}' has not said what its machine is, or leaves.", "Say hello first.");
        var offer = await outcome.OfferAsync(node.Pool, cancel);
        var machine = new JobMachine
        {
            NodeId = node.NodeId,
            Size = offer.Size,
            VCpus = hello.VCpus,
            MemoryBytes = hello.MemoryBytes,
            Gpus = hello.Gpus,
            Os = hello.Os,
        };
        return new ClaimMachine(machine, offer.PricePerHour, offer.Currency);
    }

    /// <summary>Takes a job if it waits for a node of this pool. Of two that try, one gets it.</summary>
    /// <returns>The job before and as it is now held, or null.</returns>
    public async Task<(JobRecord Before, JobRecord Held)?> TryClaimAsync(string jobId, NodeIdentity node, ClaimMachine machine, CancellationToken cancel)
    {
        while (await jobs.ReadAsync(jobId, cancel) is (var job, var eTag))
        {
            if (job.Pool != node.Pool)
                return null;
            var next = JobLife.Claim(job, machine.Machine, machine.PricePerHour, machine.Currency, LeaseOf(node), Clock.GetUtcNow());
            if (ReferenceEquals(next, job))
                return null;
            if (await jobs.ReplaceAsync(next, eTag, cancel))
                return (job, next);
        }

        return null;
    }

    /// <summary>The node works on the job from now on; the job's workflow is told.</summary>
    public async Task TakenAsync(JobRecord before, JobRecord held, NodeIdentity node, CancellationToken cancel)
    {
        ApiTelemetry.JobClaimed(before, held, ApiTelemetry.Source.HasListeners() ? await nodes.FindAsync(node.NodeId, cancel) : null);
        await outcome.WorksOnAsync(node.NodeId, held.Id, cancel);
        await outcome.TellAsync(before, held, cancel);
    }

    /// <summary>Reads a job for a node that holds it.</summary>
    /// <exception cref="ServerlessException"><c>stale_epoch</c>, also for a job of another pool or none: a node learns nothing of jobs that are not its own.</exception>
    public async Task<(JobRecord Job, string ETag)> HeldAsync(string jobId, string nodeId, int epoch, CancellationToken cancel)
    {
        if (await jobs.ReadAsync(jobId, cancel) is not (var job, var eTag))
            throw Fail.StaleEpoch(jobId, epoch, 0);
        JobLife.RequireClaim(job, nodeId, epoch);
        return (job, eTag);
    }

    /// <summary>Ends an attempt that could not begin.</summary>
    public async Task EndAsync(JobRecord job, NodeIdentity node, AttemptExit exit, CancellationToken cancel)
    {
        var report = new AttemptReport { NodeId = node.NodeId, Epoch = job.Epoch, Phase = AttemptPhase.Exited, Exit = exit };
        var after = await jobs.UpdateAsync(job.Id, record => JobLife.Report(record, report, LeaseOf(node), Clock.GetUtcNow()), cancel);
        await outcome.WorksOnAsync(node.NodeId, null, cancel);
        if (after is not null)
            await outcome.TellAsync(job, after, cancel);
    }
}
