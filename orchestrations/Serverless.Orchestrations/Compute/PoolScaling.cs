using Microsoft.Extensions.Logging;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Compute;

/// <summary>
/// Brings a pool to as many nodes as it has live jobs, up to its limit. By level, not by change: it counts, then asks for that many; so it may be called too often, twice at once,
/// or after a crash, and the pool is right. It never ends a node: a node without work leaves by itself, and the reaper sees to those that do not.
/// </summary>
public sealed partial class PoolScaling(JobSet jobs, NodeSet nodes, IComputePool compute, PoolTable pools, ILogger<PoolScaling> log)
{
    /// <summary>Asks for the nodes that the pool's live jobs need. A pool that cannot grow now is no failure here: jobs wait, and are looked at again.</summary>
    /// <returns>How many nodes are wanted.</returns>
    public async Task<int> GrowAsync(string pool, CancellationToken cancel)
    {
        if (pools.Find(pool) is not { } options)
            return 0;
        var wanted = await WantedAsync(options, cancel);
        if (wanted == 0)
            return 0;
        try
        {
            // A node that has said that it leaves is still there, and takes no job any more.
            var target = Math.Min(options.MaxNodes, wanted + await LeavingAsync(pool, cancel));
            var there = await compute.GrowAsync(new PoolTarget(pool, target), cancel);
            if (there.Count < target)
                LogFewer(pool, target, there.Count);
        }
        catch (ServerlessException e)
        {
            LogRefused(pool, wanted, e.Code, e.Message);
        }

        return wanted;
    }

    /// <summary>How many nodes the pool's live jobs need, at most its limit. A job that has not been admitted yet counts: it will be in a moment. One that is finishing does not: its node may leave.</summary>
    public async Task<int> WantedAsync(PoolOptions pool, CancellationToken cancel)
    {
        var (live, _) = await jobs.QueryAsync(Live(pool.Name), null, Math.Clamp(pool.MaxNodes, 1, 1_000), null, cancel);
        return Math.Min(live.Count, pool.MaxNodes);
    }

    private async Task<int> LeavingAsync(string pool, CancellationToken cancel)
    {
        var leaving = new Dictionary<string, string> { ["pool"] = pool, ["status"] = nameof(NodeStatus.Leaving) };
        return (await nodes.QueryAsync(leaving, null, 1_000, null, cancel)).Records.Count;
    }

    internal static Dictionary<string, string> Live(string pool) => new() { ["needs-node"] = "yes", ["pool"] = pool };
}
