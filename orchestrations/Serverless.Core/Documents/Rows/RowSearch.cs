namespace Serverless.Core.Documents.Rows;

/// <summary>
/// Finds a page of documents: the indexes of all that is asked are read side by side from newest to oldest, each leaping to where the others are; what all of them have is
/// looked at. An index may have leftovers but never lacks a document, so nothing is missed, and what is found is what the document itself says.
/// </summary>
internal sealed class RowSearch
{
    /// <summary>Most index rows that one page reads; then the page ends where it is, with the place to go on from.</summary>
    public const int MaxRows = 20_000;

    /// <summary>How many rows of an index are fetched at once when several are read side by side.</summary>
    private const int PageSize = 200;

    private readonly DocumentQuery query;
    private readonly List<IndexReader> readers;
    private readonly string part;

    public RowSearch(IRowStore rows, DocumentQuery query)
    {
        this.query = query;
        part = query.Contains ?? "";
        var indexes = query.Where.Select(pair => IndexRows.Value(pair.Key, pair.Value)).ToList();
        indexes.AddRange(Trigrams.Sought(part).Select(IndexRows.Trigram));
        if (indexes.Count == 0 || part.Length is > 0 and < Trigrams.MinLength)
            indexes.Add(IndexRows.All);
        var pageSize = indexes.Count == 1 && part.Length == 0 ? query.Limit + 1 : PageSize;
        readers = [.. indexes.Distinct().Select(index => new IndexReader(rows, IndexRows.Partition(query.Kind), index, query.After, pageSize))];
    }

    /// <summary>Whether the page ended because enough was read, not because there is no more.</summary>
    public bool IsSpent => readers.Sum(reader => reader.Fetched) >= MaxRows;

    /// <summary>The last place that was looked at.</summary>
    public string? LastPlace { get; private set; }

    /// <summary>The entries of the next place that every index has; null when there is none, or enough was read.</summary>
    public async Task<IReadOnlyList<IndexEntry>?> NextAsync(CancellationToken cancel)
    {
        while (!IsSpent)
        {
            var furthest = "";
            var agree = true;
            foreach (var reader in readers)
            {
                if (await reader.PeekAsync(cancel) is not { } entry)
                    return null;
                agree &= furthest.Length == 0 || entry.Place == furthest;
                furthest = string.CompareOrdinal(entry.Place, furthest) > 0 ? entry.Place : furthest;
            }

            LastPlace = furthest;
            if (!agree)
            {
                readers.ForEach(reader => reader.LeapTo(furthest));
                continue;
            }

            var entries = new List<IndexEntry>();
            foreach (var reader in readers)
                await reader.TakeAsync(furthest, entries, cancel);
            if (MayFit(entries))
                return entries;
        }

        return null;
    }

    /// <summary>Whether a document is what is asked for.</summary>
    public bool Fits(DocumentHead head) =>
        query.Where.All(pair => head.Summary.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && (part.Length == 0 || Trigrams.Contains(head.Name, head.Key.Id, part));

    private bool MayFit(List<IndexEntry> entries)
    {
        var named = entries.Where(entry => entry.Index == IndexRows.All).ToList();
        return part.Length == 0 || named.Count == 0 || named.Any(entry => Trigrams.Contains(entry.Name, entry.Id, part));
    }
}
