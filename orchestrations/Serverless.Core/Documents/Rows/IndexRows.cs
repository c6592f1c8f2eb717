using System.Globalization;

namespace Serverless.Core.Documents.Rows;

/// <summary>
/// The index rows of a document, all in one partition of its kind: <c>{index}!{place}!{mark}</c>. The mark is that of the write that made them,
/// so whoever removes the rows of an older write cannot hit those of a newer one with the same values.
/// </summary>
internal static class IndexRows
{
    /// <summary>The index that has every document.</summary>
    public const string All = "n";

    /// <summary>The partition of a kind's index.</summary>
    public static string Partition(string kind) => $"{kind}.i";

    /// <summary>The index of a trigram.</summary>
    public static string Trigram(string trigram) => $"t{trigram}";

    /// <summary>The index of a value in the summary; two values may share one (their hashes), so what it finds is checked.</summary>
    public static string Value(string field, string value) => $"s{RowRules.Hash($"{field}\0{value}")[..16]}";

    /// <summary>The rows of name and id.</summary>
    public static IEnumerable<Row> OfName(DocumentHead head) =>
        Trigrams.Of(head.Name, head.Key.Id).Select(trigram => Make(head, Trigram(trigram), head.NameMark)).Prepend(Make(head, All, head.NameMark));

    /// <summary>The rows of the summary.</summary>
    public static IEnumerable<Row> OfSummary(DocumentHead head) =>
        head.Summary.Select(pair => Value(pair.Key, pair.Value)).Distinct().Select(index => Make(head, index, head.SummaryMark));

    /// <summary>Whether a row is a leftover: its document is gone, was made anew, or was changed by a later write.</summary>
    public static bool IsStale(IndexEntry entry, DocumentHead? head) =>
        head is null || head.Place != entry.Place || entry.Mark != (entry.Index[0] == 's' ? head.SummaryMark : head.NameMark);

    /// <summary>Reads a row.</summary>
    public static IndexEntry Read(Row row)
    {
        var parts = row.Key.Split('!');
        return new IndexEntry(row.Key, parts[0], parts[1], parts[2], row.Texts["id"], row.Texts.GetValueOrDefault("name", ""),
            new DateTimeOffset(long.Parse(row.Texts["at"], CultureInfo.InvariantCulture), TimeSpan.Zero));
    }

    private static Row Make(DocumentHead head, string index, string mark)
    {
        var texts = new Dictionary<string, string> { ["id"] = head.Key.Id, ["at"] = head.UpdatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture) };
        if (index == All)
            texts["name"] = head.Name;
        return new Row(Partition(head.Key.Kind), $"{index}!{head.Place}!{mark}", texts, []);
    }
}
