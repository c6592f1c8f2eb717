using Serverless.Contracts.Compute;

namespace Serverless.Core.Compute;

/// <summary>When a node is to be ended from outside.</summary>
public static class NodeRules
{
    /// <summary>How many leases an agent that holds no job may be silent: it speaks at least once in each claim's wait.</summary>
    private const int SilentLeases = 4;

    /// <summary>Why a node is to be ended; null when it is to be left alone.</summary>
    /// <param name="pool">How its pool behaves.</param>
    /// <param name="node">What its provider says; null when the provider does not know it.</param>
    /// <param name="record">What is stored of it; null when nothing is.</param>
    /// <param name="holdsJob">Whether a job's claim is its own: then the job's workflow decides.</param>
    /// <param name="now">The time.</param>
    public static string? Why(PoolOptions pool, ComputeNode? node, NodeRecord? record, bool holdsJob, DateTimeOffset now)
    {
        var asked = record?.CreatedAt ?? node?.CreatedAt ?? now;
        if (node is null)
            return now - asked > pool.Boot ? "its provider does not know it any more" : null;
        if (holdsJob || node.State == ComputeNodeState.Deleting)
            return null;
        if (node.State == ComputeNodeState.Failed)
            return "its provider says that it failed";
        if (record?.Status == NodeStatus.Gone)
            return "it was ended, and is still there";
        if (record?.SeenAt is not { } seen)
            return now - asked > pool.Boot ? $"its agent did not speak within {pool.Boot.TotalSeconds:0} s" : null;
        var silent = pool.Lease * SilentLeases + pool.Idle;
        return now - seen > silent ? $"its agent has not spoken for more than {silent.TotalSeconds:0} s" : null;
    }
}
