using System.Collections.Concurrent;

namespace Serverless.Benchmarks.Scale.Measuring;

/// <summary>How often what was called.</summary>
internal sealed class CallCounts
{
    private readonly ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>Counts one call.</summary>
    public void Add(string call) => counts.AddOrUpdate(call, 1, (_, old) => old + 1);

    /// <summary>The counts now.</summary>
    public IReadOnlyDictionary<string, long> Now() => new SortedDictionary<string, long>(counts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
