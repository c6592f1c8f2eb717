using Serverless.Core.Failures;

namespace Serverless.Core.Compute;

/// <summary>Pools of several providers as one: each call goes to the provider whose pool it names.</summary>
/// <param name="providers">The providers, each with the names of its pools; no pool twice. Offers come in this order.</param>
public sealed class JoinedPools(IReadOnlyList<(IReadOnlyCollection<string> Pools, IComputePool Provider)> providers) : IComputePool
{
    private readonly Dictionary<string, IComputePool> byPool = providers.SelectMany(one => one.Pools.Select(pool => (pool, one.Provider))).ToDictionary(one => one.pool, one => one.Provider, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeOffer>> OffersAsync(CancellationToken cancel)
    {
        List<ComputeOffer> offers = [];
        foreach (var (_, provider) in providers)
            offers.AddRange(await provider.OffersAsync(cancel));
        return offers;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(string pool, CancellationToken cancel) => await Find(pool).ShortagesAsync(pool, cancel);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeNode>> GrowAsync(PoolTarget target, CancellationToken cancel) => await Find(target.Pool).GrowAsync(target, cancel);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeNode>> ListAsync(string pool, CancellationToken cancel) => await Find(pool).ListAsync(pool, cancel);

    /// <inheritdoc/>
    public async Task TerminateAsync(string pool, string nodeId, CancellationToken cancel) => await Find(pool).TerminateAsync(pool, nodeId, cancel);

    /// <inheritdoc/>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        var swept = 0;
        foreach (var (_, provider) in providers)
            swept += await provider.SweepAsync(cancel);
        return swept;
    }

    private IComputePool Find(string pool) => byPool.GetValueOrDefault(pool)
        ?? throw Fail.NotFound("pool", pool, $"The pools here are: {string.Join(", ", byPool.Keys.Order(StringComparer.Ordinal))}.");
}
