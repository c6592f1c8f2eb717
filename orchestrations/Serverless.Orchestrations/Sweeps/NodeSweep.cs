using Microsoft.Extensions.Logging;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Telemetry;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>Ends nodes that failed, never spoke, or stopped speaking and hold no job, and takes note of those that are gone. A node that speaks is left to leave by itself.</summary>
public sealed partial class NodeSweep(PoolNodes nodes, JobSet jobs, PoolTable pools, TimeProvider clock, ILogger<NodeSweep> log)
{
    /// <summary>Sweeps once. A pool whose provider does not answer is looked at the next time.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var pool in pools.All)
        {
            var listed = await ListAsync(pool.Name, cancel);
            JobTelemetry.PoolSwept(pool.Name, listed.Select(node => node.Record?.Status ?? NodeStatus.Starting));
            foreach (var (machine, record) in listed)
            {
                if (NodeRules.Why(pool, machine, record, await HoldsAsync(record, cancel), clock.GetUtcNow()) is { } why)
                    await nodes.EndAsync(pool.Name, record?.Id ?? machine!.Id, why, cancel);
            }
        }
    }

    private async Task<IReadOnlyList<(ComputeNode? Machine, NodeRecord? Record)>> ListAsync(string pool, CancellationToken cancel)
    {
        try
        {
            return await nodes.ListAsync(pool, cancel);
        }
        catch (ServerlessException e)
        {
            LogSilent(pool, e.Message);
            return [];
        }
    }

    [LoggerMessage(3501, LogLevel.Warning, "The nodes of pool {Pool} cannot be listed; they are looked at the next time: {Reason}")]
    private partial void LogSilent(string pool, string reason);

    private async Task<bool> HoldsAsync(NodeRecord? record, CancellationToken cancel) =>
        record?.JobId is { } id && await jobs.FindAsync(id, cancel) is { Lease: { } lease } && lease.NodeId == record.Id;
}
