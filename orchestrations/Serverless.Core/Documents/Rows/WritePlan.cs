namespace Serverless.Core.Documents.Rows;

/// <summary>What a write of a document does, decided from what is there.</summary>
/// <param name="Head">The new head.</param>
/// <param name="IndexRows">Index rows that must be there before the head.</param>
/// <param name="Changes">The changes in the document's own partition, all or none.</param>
/// <param name="Obsolete">Keys of index rows that find nothing afterwards.</param>
internal sealed record WritePlan(DocumentHead Head, IReadOnlyList<Row> IndexRows, IReadOnlyList<RowChange> Changes, IReadOnlyList<string> Obsolete)
{
    /// <summary>Decides.</summary>
    /// <param name="key">The document.</param>
    /// <param name="body">What it shall say.</param>
    /// <param name="json">The body's JSON in UTF-8.</param>
    /// <param name="old">What is there.</param>
    /// <param name="mark">The mark of this write, never used before.</param>
    /// <param name="now">The time.</param>
    /// <param name="creation">Orders new documents.</param>
    public static WritePlan Of(DocumentKey key, DocumentBody body, byte[] json, DocumentHead? old, string mark, DateTimeOffset now, CreationClock creation)
    {
        var sameName = old is not null && old.Name == body.Name;
        var sameSummary = old is not null && old.Summary.Count == body.Summary.Count
            && body.Summary.All(pair => old.Summary.TryGetValue(pair.Key, out var value) && value == pair.Value);
        var pieces = RowRules.Split(json);
        var parts = pieces.Count <= RowRules.MaxPieces ? [] : pieces.Chunk(RowRules.MaxPieces).ToList();
        var created = old is null ? creation.Next() : 0;
        var head = new DocumentHead
        {
            Key = key,
            Name = body.Name,
            Summary = new Dictionary<string, string>(body.Summary),
            Place = old?.Place ?? NewestFirst.Place(created, key.Id),
            CreatedAt = old?.CreatedAt ?? new DateTimeOffset(created, TimeSpan.Zero),
            UpdatedAt = old is null ? new DateTimeOffset(created, TimeSpan.Zero) : Later(now, old.UpdatedAt),
            Mark = mark,
            NameMark = sameName ? old!.NameMark : mark,
            SummaryMark = sameSummary ? old!.SummaryMark : mark,
            Parts = parts.Count,
            Pieces = parts.Count == 0 ? pieces : [],
        };

        List<RowChange> changes = [old is null ? new RowChange.Insert(head.ToRow()) : new RowChange.Replace(head.ToRow(), old.RowETag)];
        changes.AddRange(parts.Select((part, i) => new RowChange.Insert(new Row(DocumentHead.Partition(key), DocumentHead.PartKey(mark, i), new Dictionary<string, string>(), part))));
        if (old is not null)
            changes.AddRange(DeletedParts(old));
        return new WritePlan(head,
            [.. sameName ? [] : Rows.IndexRows.OfName(head), .. sameSummary ? [] : Rows.IndexRows.OfSummary(head)],
            changes,
            old is null ? [] : [.. (sameName ? [] : Rows.IndexRows.OfName(old)).Concat(sameSummary ? [] : Rows.IndexRows.OfSummary(old)).Select(row => row.Key)]);
    }

    /// <summary>The changes that delete a document.</summary>
    public static IReadOnlyList<RowChange> Deletes(DocumentHead old) => [new RowChange.Delete(DocumentHead.HeadKey, old.RowETag), .. DeletedParts(old)];

    private static IEnumerable<RowChange> DeletedParts(DocumentHead old) =>
        Enumerable.Range(0, old.Parts).Select(part => new RowChange.Delete(DocumentHead.PartKey(old.Mark, part)));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
