using Serverless.Core.Compute;

namespace Serverless.Infra.Compute.ScaleSets;

/// <summary>Decides what capacity to ask for.</summary>
internal static class GrowthRule
{
    /// <summary>
    /// The capacity to ask for; null: nothing is to be done. It is never below the machines that there are, because a lower one would end machines that Azure picks.
    /// </summary>
    /// <param name="wanted">How many machines the caller wants.</param>
    /// <param name="max">Most machines of the pool, those that go or failed included: they cost.</param>
    /// <param name="capacity">The set's capacity as last asked for.</param>
    /// <param name="settled">Whether the set's last operation is over: then what is missing does not come by itself.</param>
    /// <param name="nodes">The machines that there are.</param>
    public static int? Capacity(int wanted, int max, int capacity, bool settled, IReadOnlyList<ComputeNode> nodes)
    {
        var usable = nodes.Count(node => node.State is ComputeNodeState.Creating or ComputeNodeState.Running);
        var coming = settled ? 0 : Math.Max(0, capacity - nodes.Count);
        var missing = Math.Min(Math.Min(wanted, max) - usable - coming, max - nodes.Count - coming);
        return missing > 0 ? nodes.Count + coming + missing : null;
    }

    /// <summary>The most machines that a quota's rest allows on top of those there are; null when that is not known or is none.</summary>
    /// <param name="there">The machines that there are.</param>
    /// <param name="vCpusLeft">The quota's rest.</param>
    /// <param name="vCpusEach">The size's vCPUs; null when the size is not in the price file.</param>
    public static int? WithinQuota(int there, int? vCpusLeft, int? vCpusEach) =>
        vCpusLeft / vCpusEach is > 0 and var more ? there + more : null;

    /// <summary>What a machine's provisioning state means. Azure writes states with a capital or without.</summary>
    public static ComputeNodeState State(string? provisioning) => provisioning?.ToUpperInvariant() switch
    {
        "SUCCEEDED" => ComputeNodeState.Running,
        "DELETING" => ComputeNodeState.Deleting,
        "FAILED" or "CANCELED" => ComputeNodeState.Failed,
        _ => ComputeNodeState.Creating,
    };
}
