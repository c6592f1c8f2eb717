namespace Serverless.Core.Documents.Rows;

/// <summary>Reads one index from newest to oldest, page by page, and can leap forward.</summary>
/// <param name="rows">Where it lies.</param>
/// <param name="partition">Its partition.</param>
/// <param name="index">Which index.</param>
/// <param name="after">The place behind which to begin; null: the newest.</param>
/// <param name="pageSize">How many rows to fetch at once.</param>
internal sealed class IndexReader(IRowStore rows, string partition, string index, string? after, int pageSize)
{
    private readonly Queue<IndexEntry> buffer = [];
    private string from = after is null ? $"{index}!" : Behind(index, after);
    private bool ended;

    /// <summary>How many rows were fetched.</summary>
    public int Fetched { get; private set; }

    /// <summary>The next entry; null at the end.</summary>
    public async ValueTask<IndexEntry?> PeekAsync(CancellationToken cancel)
    {
        if (buffer.Count == 0 && !ended)
        {
            var page = await rows.ScanAsync(partition, from, $"{index}!~", pageSize, cancel);
            foreach (var row in page)
                buffer.Enqueue(IndexRows.Read(row));
            Fetched += page.Count;
            ended = page.Count < pageSize;
            if (!ended)
                from = page[^1].Key + "~";
        }

        return buffer.TryPeek(out var next) ? next : null;
    }

    /// <summary>Leaps to a place, or the first behind it.</summary>
    public void LeapTo(string place)
    {
        while (buffer.TryPeek(out var next) && string.CompareOrdinal(next.Place, place) < 0)
            buffer.Dequeue();
        if (buffer.Count == 0 && string.CompareOrdinal(from, $"{index}!{place}") < 0)
            from = $"{index}!{place}";
    }

    /// <summary>Takes all entries of a place (several writes may have left one each) when it is the next.</summary>
    public async ValueTask TakeAsync(string place, List<IndexEntry> into, CancellationToken cancel)
    {
        while (await PeekAsync(cancel) is { } next && next.Place == place)
            into.Add(buffer.Dequeue());
    }

    private static string Behind(string index, string place) => $"{index}!{place}!~";
}
