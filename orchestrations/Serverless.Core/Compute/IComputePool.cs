namespace Serverless.Core.Compute;

/// <summary>
/// Machines. Growing and shrinking are separate, because only the caller knows which node has work: <see cref="GrowAsync"/> never ends a node, <see cref="TerminateAsync"/> ends exactly one.
/// Both may be called again with the same arguments without harm. Errors: <see cref="Failures.ServerlessException"/> with <c>unavailable</c> (retryable), <c>no_quota</c>, <c>no_capacity</c> (with the cure), <c>not_found</c> for a pool that is not here.
/// </summary>
public interface IComputePool
{
    /// <summary>What can be had and what it costs: for each pool what its machines are.</summary>
    Task<IReadOnlyList<ComputeOffer>> OffersAsync(CancellationToken cancel);

    /// <summary>What stands against another node of a pool, by what its provider says now; empty when nothing is known against it. Asks for no machine. A provider that does not say is no shortage.</summary>
    Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(string pool, CancellationToken cancel);

    /// <summary>Brings a pool to at least a number of nodes. Returns as soon as they are asked for; their agents speak up by themselves.</summary>
    /// <param name="target">The pool, and how many nodes.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The nodes there are now, fewer than asked for when no more could be had.</returns>
    Task<IReadOnlyList<ComputeNode>> GrowAsync(PoolTarget target, CancellationToken cancel);

    /// <summary>The nodes that exist, in any state, by what the machines themselves say.</summary>
    Task<IReadOnlyList<ComputeNode>> ListAsync(string pool, CancellationToken cancel);

    /// <summary>Ends a node and everything on it; does nothing when it is gone.</summary>
    Task TerminateAsync(string pool, string nodeId, CancellationToken cancel);

    /// <summary>Deletes what costs and serves nothing, of pools that are no more as well. Never a node that could work. What cannot be deleted now is no error: the next sweep tries again.</summary>
    /// <returns>How many deletions were asked for.</returns>
    Task<int> SweepAsync(CancellationToken cancel);
}
