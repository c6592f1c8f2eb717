using Microsoft.Extensions.Logging;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Compute;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>Ends nodes that failed, never spoke, or stopped speaking and hold no job, and takes note of those that are gone. A node that speaks is left to leave by itself.</summary>
public sealed partial class NodeSweep(NodeSet nodes, JobSet jobs, IComputePool compute, PoolTable pools, NodeRelease release, TimeProvider clock, ILogger<NodeSweep> log)
{
    /// <summary>Sweeps once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var pool in pools.All)
        {
            try
            {
                await SweepAsync(pool, cancel);
            }
            catch (ServerlessException e) when (e.Retryable)
            {
                LogUnavailable(pool.Name, e.Message);
            }
        }
    }

    private async Task SweepAsync(PoolOptions pool, CancellationToken cancel)
    {
        var there = (await compute.ListAsync(pool.Name, cancel)).ToDictionary(node => node.Id);
        var known = new HashSet<string>();
        await foreach (var record in nodes.AllAsync(new Dictionary<string, string> { ["pool"] = pool.Name }, cancel))
        {
            known.Add(record.Id);
            if (record.Status == NodeStatus.Gone && !there.ContainsKey(record.Id))
                continue;
            await CheckAsync(pool, there.GetValueOrDefault(record.Id), record, cancel);
        }

        foreach (var node in there.Values.Where(node => !known.Contains(node.Id)))
            await CheckAsync(pool, node, null, cancel);
    }

    private async Task CheckAsync(PoolOptions pool, ComputeNode? node, NodeRecord? record, CancellationToken cancel)
    {
        var holds = record?.JobId is { } job && await jobs.FindAsync(job, cancel) is { Lease: { } lease } && lease.NodeId == record.Id;
        if (NodeRules.Why(pool, node, record, holds, clock.GetUtcNow()) is not { } why)
            return;
        var id = record?.Id ?? node!.Id;
        LogEnding(id, pool.Name, why);
        await release.EndAsync(pool.Name, id, cancel);
    }
}
