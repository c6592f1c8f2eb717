namespace Serverless.Core.Compute;

/// <summary>The pools that there are, by name.</summary>
/// <param name="pools">Their options, as the host was configured.</param>
public sealed class PoolTable(IEnumerable<PoolOptions> pools)
{
    private readonly Dictionary<string, PoolOptions> byName = pools.ToDictionary(pool => pool.Name, StringComparer.Ordinal);

    /// <summary>All pools.</summary>
    public IReadOnlyCollection<PoolOptions> All => byName.Values;

    /// <summary>A pool, or null.</summary>
    public PoolOptions? Find(string name) => byName.GetValueOrDefault(name);
}
