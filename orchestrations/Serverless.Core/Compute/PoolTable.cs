using Serverless.Contracts.Problems;
using Serverless.Core.Names;

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

    /// <summary>What is wrong with a job that asks for a pool; null when there is such a pool.</summary>
    public FieldError? Check(string name) => byName.ContainsKey(name)
        ? null
        : new FieldError("resources.pool", $"There is no pool {Shown.Quote(name)}.", $"Use one of: {string.Join(", ", byName.Keys)}.");
}
