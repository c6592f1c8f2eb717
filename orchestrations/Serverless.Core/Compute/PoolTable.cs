using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Compute;

/// <summary>The pools that there are, by name.</summary>
/// <param name="pools">Their options, as the host was configured; the first is the one for jobs that ask for nothing.</param>
public sealed class PoolTable(IEnumerable<PoolOptions> pools)
{
    private readonly List<PoolOptions> all = [.. pools];

    /// <summary>All pools, in the order of the host's configuration.</summary>
    public IReadOnlyCollection<PoolOptions> All => all;

    /// <summary>A pool, or null.</summary>
    public PoolOptions? Find(string name) => all.Find(pool => pool.Name == name);

    /// <summary>The pools that a job may run on by what it names: the pool of that name, or those of that family; without a name the first.</summary>
    public IReadOnlyList<PoolOptions> Named(string? name) =>
        name is null ? [.. all.Take(1)] : Find(name) is { } pool ? [pool] : [.. all.Where(pool => pool.Family == name)];

    /// <summary>What is wrong with a job that asks for a pool; null when there is such a pool or family, or none is asked for.</summary>
    public FieldError? Check(string? name) => name is null || Named(name).Count > 0
        ? null
        : new FieldError("resources.pool", $"There is no pool {Shown.Quote(name)}.", $"Use one of: {string.Join(", ", all.Select(pool => pool.Family ?? pool.Name).Distinct())}.");
}
