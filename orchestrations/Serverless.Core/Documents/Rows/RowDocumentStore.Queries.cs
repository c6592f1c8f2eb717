namespace Serverless.Core.Documents.Rows;

public sealed partial class RowDocumentStore
{
    /// <summary>How many heads are read side by side: enough to hide the way there and back, few enough not to be throttled.</summary>
    private const int HeadsAtOnce = 16;

    /// <summary>How old a leftover must be to be removed: a write that is still going on has its index rows before its head, and the hosts' clocks differ.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancel)
    {
        DocumentRules.Check(query);
        if (query.After is { } after && !NewestFirst.IsPlace(after))
            throw DocumentRules.BadAfter(after);
        if (query.Contains is { } part && (part.Length > DocumentRules.MaxNameLength || part.Contains('\0')))
            return new DocumentPage([], null);

        var search = new RowSearch(rows, query);
        var found = new List<DocumentHead>();
        var more = true;
        while (more && found.Count <= query.Limit)
        {
            var batch = new List<IReadOnlyList<IndexEntry>>();
            while (batch.Count < Math.Min(HeadsAtOnce, query.Limit + 1 - found.Count) && more)
            {
                if (await search.NextAsync(cancel) is { } entries)
                    batch.Add(entries);
                else
                    more = false;
            }

            var heads = await Task.WhenAll(batch.Select(entries => HeadAsync(new DocumentKey(query.Kind, entries[0].Id), cancel)));
            for (var i = 0; i < batch.Count; i++)
            {
                await RemoveLeftoversAsync(query.Kind, batch[i], heads[i], cancel);
                if (heads[i] is { } head && head.Place == batch[i][0].Place && search.Fits(head))
                    found.Add(head);
            }
        }

        var documents = await Task.WhenAll(found.Take(query.Limit).Select(head => DocumentAsync(head, cancel)));
        return new DocumentPage([.. documents.OfType<Documents.StoredDocument>()], Next(query, search, found));
    }

    /// <inheritdoc/>
    public async Task<int> CountAsync(string kind, IReadOnlyDictionary<string, string> where, int most, CancellationToken cancel)
    {
        DocumentRules.CheckCount(kind, where, most);
        var search = new RowSearch(rows, new DocumentQuery(kind) { Where = where, Limit = DocumentRules.MaxPage });
        var count = 0;
        while (count < most && await search.NextAsync(cancel) is not null)
            count++;
        return count;
    }

    private static string? Next(DocumentQuery query, RowSearch search, List<DocumentHead> found) =>
        found.Count > query.Limit ? found[query.Limit - 1].Place : search.IsSpent ? search.LastPlace : null;

    private async Task RemoveLeftoversAsync(string kind, IReadOnlyList<IndexEntry> entries, DocumentHead? head, CancellationToken cancel)
    {
        var limit = clock.GetUtcNow() - LeftoverAge;
        var stale = entries.Where(entry => entry.At < limit && IndexRows.IsStale(entry, head)).Select(entry => entry.Key).ToList();
        if (stale.Count > 0)
            await TidyAsync(kind, stale, cancel);
    }
}
