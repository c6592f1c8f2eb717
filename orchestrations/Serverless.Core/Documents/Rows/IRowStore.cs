namespace Serverless.Core.Documents.Rows;

/// <summary>
/// Rows in partitions, sorted by key: the little that a table service does, on which <see cref="RowDocumentStore"/> builds documents.
/// Errors: <see cref="Failures.ServerlessException"/> with <c>unavailable</c> (retryable or not, as it says).
/// </summary>
public interface IRowStore
{
    /// <summary>The row, or null.</summary>
    Task<Row?> GetAsync(string partition, string key, CancellationToken cancel);

    /// <summary>Changes rows of one partition, all or none; each key at most once.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="changes">1 to <see cref="RowRules.MaxChanges"/>.</param>
    /// <param name="cancel">Breaks off; what was sent may still happen.</param>
    /// <returns>False when one of them failed and nothing has changed.</returns>
    Task<bool> ApplyAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancel);

    /// <summary>Rows of a partition with <paramref name="from"/> ≤ key &lt; <paramref name="to"/>, sorted by key (ordinal).</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The lowest key.</param>
    /// <param name="to">The key before which it ends.</param>
    /// <param name="limit">Most rows, 1 to 10,000; fewer come only when there are no more.</param>
    /// <param name="cancel">Breaks off.</param>
    Task<IReadOnlyList<Row>> ScanAsync(string partition, string from, string to, int limit, CancellationToken cancel);
}
