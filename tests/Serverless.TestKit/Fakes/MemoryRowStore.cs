using System.Globalization;
using Serverless.Core.Documents.Rows;

namespace Serverless.TestKit.Fakes;

/// <summary>Rows in memory, as strict about bounds as a table service. Passes the port's conformance suite.</summary>
public sealed class MemoryRowStore : IRowStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<string, Row>> partitions = [];
    private long counter;

    /// <summary>Called before each change, outside the lock, with the partition: may throw or wait. For faults.</summary>
    public Func<string, Task>? BeforeApply { get; set; }

    /// <summary>Called after each change, with its answer, outside the lock: may throw or give another answer. For answers that are lost.</summary>
    public Func<string, bool, Task<bool>>? AfterApply { get; set; }

    /// <summary>The keys of a partition, in order.</summary>
    public IReadOnlyList<string> Keys(string partition)
    {
        lock (gate)
            return partitions.TryGetValue(partition, out var rows) ? [.. rows.Keys] : [];
    }

    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
            return Task.FromResult(partitions.TryGetValue(partition, out var rows) ? rows.GetValueOrDefault(key) : null);
    }

    public async Task<bool> ApplyAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Assert.InRange(changes.Count, 1, RowRules.MaxChanges);
        Assert.Equal(changes.Count, changes.Select(change => change.Key).Distinct().Count());
        Assert.All(changes, change => Assert.Null(RowRules.Check(partition, change)));
        if (BeforeApply is { } before)
            await before(partition);
        var done = Apply(partition, changes);
        return AfterApply is { } after ? await after(partition, done) : done;
    }

    public Task<IReadOnlyList<Row>> ScanAsync(string partition, string from, string to, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            IReadOnlyList<Row> found = partitions.TryGetValue(partition, out var rows)
                ? [.. rows.Values.Where(row => string.CompareOrdinal(row.Key, from) >= 0 && string.CompareOrdinal(row.Key, to) < 0).Take(limit)]
                : [];
            return Task.FromResult(found);
        }
    }

    private bool Apply(string partition, IReadOnlyList<RowChange> changes)
    {
        lock (gate)
        {
            if (!partitions.TryGetValue(partition, out var rows))
                partitions[partition] = rows = new SortedDictionary<string, Row>(StringComparer.Ordinal);
            if (!changes.All(change => Holds(rows.GetValueOrDefault(change.Key), change)))
                return false;
            foreach (var change in changes)
            {
                rows.Remove(change.Key);
                if (New(change) is { } row)
                    rows[row.Key] = row with { ETag = (++counter).ToString(CultureInfo.InvariantCulture) };
            }

            return true;
        }
    }

    private static bool Holds(Row? there, RowChange change) => change switch
    {
        RowChange.Insert => there is null,
        RowChange.Replace replace => there?.ETag == replace.ETag,
        RowChange.Delete delete => there is not null && (delete.ETag is null || there.ETag == delete.ETag),
        RowChange.Put => true,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static Row? New(RowChange change) => change switch
    {
        RowChange.Insert insert => insert.Row,
        RowChange.Replace replace => replace.Row,
        RowChange.Put put => put.Row,
        _ => null,
    };
}
