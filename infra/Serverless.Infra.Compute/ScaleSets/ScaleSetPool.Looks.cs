using System.Collections.Concurrent;
using Serverless.Core.Compute;

namespace Serverless.Infra.Compute.ScaleSets;

/// <summary>
/// What the last look at a pool's set found. Every waiting job asks for its pool now and then, and Compute answers twelve reads of a set a minute; so those who ask for no more than was asked for a moment ago
/// get what was found then, and those who ask for more are at least a little apart: the trials of a study come within a second.
/// </summary>
public sealed partial class ScaleSetPool
{
    private readonly ConcurrentDictionary<string, Look> looks = new(StringComparer.Ordinal);

    private IReadOnlyList<ComputeNode>? Seen(PoolTarget target) =>
        looks.TryGetValue(target.Pool, out var look) && clock.GetUtcNow() - look.At < (target.Count <= look.Wanted ? options.LookHolds : options.LookGap) ? look.Nodes : null;

    private IReadOnlyList<ComputeNode> Keep(PoolTarget target, IReadOnlyList<ComputeNode> nodes)
    {
        looks[target.Pool] = new Look(target.Count, clock.GetUtcNow(), nodes);
        return nodes;
    }

    private void Forget(string pool) => looks.TryRemove(pool, out _);

    private sealed record Look(int Wanted, DateTimeOffset At, IReadOnlyList<ComputeNode> Nodes);
}
