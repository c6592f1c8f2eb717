using Serverless.Contracts.Compute;

namespace Serverless.Core.Compute;

/// <summary>When a node is to be ended from outside.</summary>
public static class NodeRules
{
    /// <summary>How many leases an agent that holds no job may be silent: it speaks at least once in each claim's wait.</summary>
    private const int SilentLeases = 4;

    /// <summary>How long a machine may stay whose agent has said that it leaves: a process is gone by then, a virtual machine goes on costing money until it is deleted.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>Why a node is to be ended; null when it is to be left alone. One that its provider does not know is left alone too while it speaks: a host that was started again may not know its old machines.</summary>
    /// <param name="pool">How its pool behaves.</param>
    /// <param name="node">What its provider says; null when the provider does not know it.</param>
    /// <param name="record">What is stored of it; null when nothing is.</param>
    /// <param name="holdsJob">Whether a job's claim is its own: then the job's workflow decides.</param>
    /// <param name="now">The time.</param>
    public static string? Why(PoolOptions pool, ComputeNode? node, NodeRecord? record, bool holdsJob, DateTimeOffset now)
    {
        if (holdsJob)
            return null;
        if (node is not null && Failed(node, record) is { } failed)
            return failed;
        if (node is { State: ComputeNodeState.Deleting })
            return null;
        if (node is { State: ComputeNodeState.Running } && record is { Status: NodeStatus.Leaving, SeenAt: { } left } && now - left > Farewell)
            return "its agent has left, and the machine is still there";
        var asked = record?.CreatedAt ?? node?.CreatedAt ?? now;
        if (record?.SeenAt is not { } seen)
            return now - asked > pool.Boot ? $"its agent did not speak within {pool.Boot.TotalSeconds:0} s" : null;
        var silent = pool.Lease * SilentLeases + pool.Idle;
        return now - seen > silent ? $"its agent has not spoken for more than {silent.TotalSeconds:0} s" : null;
    }

    private static string? Failed(ComputeNode node, NodeRecord? record) => node.State switch
    {
        ComputeNodeState.Failed => "its provider says that it failed",
        ComputeNodeState.Running when record?.Status == NodeStatus.Gone => "it was ended, and is still there",
        _ => null,
    };
}
