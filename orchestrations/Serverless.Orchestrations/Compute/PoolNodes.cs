using Microsoft.Extensions.Logging;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Compute;

/// <summary>The machines of the pools together with what is stored of them. Each change may be made any number of times.</summary>
public sealed partial class PoolNodes(NodeSet nodes, IComputePool compute, ILogger<PoolNodes> log)
{
    /// <summary>Every node of a pool that its provider knows, or that is stored and not known to be gone.</summary>
    public async Task<IReadOnlyList<(ComputeNode? Machine, NodeRecord? Record)>> ListAsync(string pool, CancellationToken cancel)
    {
        var machines = (await compute.ListAsync(pool, cancel)).ToDictionary(node => node.Id);
        var all = new List<(ComputeNode? Machine, NodeRecord? Record)>();
        await foreach (var record in nodes.AllAsync(new Dictionary<string, string> { ["pool"] = pool }, cancel))
        {
            machines.Remove(record.Id, out var machine);
            if (machine is not null || record.Status != NodeStatus.Gone)
                all.Add((machine, record));
        }

        all.AddRange(machines.Values.Select(machine => ((ComputeNode?)machine, (NodeRecord?)null)));
        return all;
    }

    /// <summary>The node's record no longer says that it runs the job; one that has gone on to another job is left alone. Its agent, if it lives, learns by its next message that its claim is over, and kills the program.</summary>
    public Task FreeAsync(string node, string jobId, CancellationToken cancel) => nodes.UpdateAsync(node, now => Free(now, jobId), cancel);

    /// <summary>Ends a node: whatever still runs there is gone then, and its place is free for another. A provider that refuses is asked again by the reaper.</summary>
    public async Task EndAsync(string pool, string node, string why, CancellationToken cancel)
    {
        LogEnding(node, pool, why);
        try
        {
            await compute.TerminateAsync(pool, node, cancel);
        }
        catch (ServerlessException e)
        {
            LogRefused(node, pool, e.Message);
            return;
        }

        await nodes.UpdateAsync(node, now => now.Status == NodeStatus.Gone ? now : now with { Status = NodeStatus.Gone, JobId = null, TokenSha256 = null }, cancel);
    }

    private static NodeRecord Free(NodeRecord node, string jobId) =>
        node.JobId != jobId ? node : node with { JobId = null, Status = node.Status == NodeStatus.Busy ? NodeStatus.Idle : node.Status };
}
