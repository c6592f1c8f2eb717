using System.Collections.Immutable;
using System.Globalization;
using Serverless.Core.Compute;
using Serverless.Core.Failures;

namespace Serverless.TestKit.Fakes;

/// <summary>Machines that only exist on paper: a test plays their agents. Records what was asked. Passes the port's conformance suite.</summary>
public sealed class MemoryComputePool(string pool = "local", int maxNodes = 2, TimeProvider? clock = null) : IComputePool
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private ImmutableArray<ComputeNode> nodes = [];
    private int counter;

    /// <summary>Every target that was asked for, in order.</summary>
    public ImmutableArray<PoolTarget> Grown { get; private set; } = [];

    /// <summary>Every node whose end was asked for, in order; also those that were gone.</summary>
    public ImmutableArray<string> Terminated { get; private set; } = [];

    /// <summary>What the next calls fail with; null: they do not.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The nodes there are.</summary>
    public ImmutableArray<ComputeNode> Nodes => nodes;

    /// <summary>Offers of pools that no node ever comes of.</summary>
    public IReadOnlyList<ComputeOffer> Others { get; set; } = [];

    /// <summary>How often it was swept.</summary>
    public int Sweeps { get; private set; }

    /// <summary>What is short, by pool.</summary>
    public Dictionary<string, IReadOnlyList<ComputeShortage>> Shortages { get; } = [];

    /// <summary>What the pool costs.</summary>
    public decimal PricePerHour { get; init; } = 0.36m;

    public Task<IReadOnlyList<ComputeOffer>> OffersAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<ComputeOffer>>(
            [new ComputeOffer { Pool = pool, Size = "memory", VCpus = 2, MemoryBytes = 4L << 30, PricePerHour = PricePerHour, PriceVerified = true }, .. Others]);
    }

    public Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(string pool, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (Others.All(offer => offer.Pool != pool))
                Require(pool);
            return Task.FromResult(Shortages.GetValueOrDefault(pool, []));
        }
    }

    public Task<IReadOnlyList<ComputeNode>> GrowAsync(PoolTarget target, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            Grown = Grown.Add(target);
            Check(target.Pool);
            while (nodes.Length < Math.Min(target.Count, maxNodes))
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"node-{++counter}");
                nodes = nodes.Add(new ComputeNode(id, pool, "memory", ComputeNodeState.Running, clock.GetUtcNow()));
            }

            return Task.FromResult<IReadOnlyList<ComputeNode>>(nodes);
        }
    }

    public Task<IReadOnlyList<ComputeNode>> ListAsync(string pool, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            Check(pool);
            return Task.FromResult<IReadOnlyList<ComputeNode>>(nodes);
        }
    }

    public Task TerminateAsync(string pool, string nodeId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            Terminated = Terminated.Add(nodeId);
            Check(pool);
            nodes = nodes.RemoveAll(node => node.Id == nodeId);
        }

        return Task.CompletedTask;
    }

    public Task<int> SweepAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Sweeps++;
        return Task.FromResult(0);
    }

    private void Check(string asked)
    {
        if (Failure is not null)
            throw Failure;
        Require(asked);
    }

    private void Require(string asked)
    {
        if (asked != pool)
            throw Fail.NotFound("pool", asked, $"The pool here is '{pool}'.");
    }
}
