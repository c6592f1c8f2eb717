using Serverless.Core.Documents.Rows;

namespace Serverless.Benchmarks.Scale.Measuring;

/// <summary>Rows, each call counted as the request to a table that it would be, and the entities of each index, which has one partition a kind.</summary>
internal sealed class CountedRows(IRowStore inner, CallCounts counts) : IRowStore
{
    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancel)
    {
        counts.Add("tables.read");
        return inner.GetAsync(partition, key, cancel);
    }

    public Task<bool> ApplyAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancel)
    {
        counts.Add("tables.write");
        Entities(partition, changes.Count);
        return inner.ApplyAsync(partition, changes, cancel);
    }

    public async Task<IReadOnlyList<Row>> ScanAsync(string partition, string from, string to, int limit, CancellationToken cancel)
    {
        counts.Add("tables.scan");
        var rows = await inner.ScanAsync(partition, from, to, limit, cancel);
        Entities(partition, rows.Count);
        return rows;
    }

    private void Entities(string partition, int count)
    {
        for (var i = 0; i < count && partition.EndsWith(".i", StringComparison.Ordinal); i++)
            counts.Add($"index.{partition[..^2]}");
    }
}
