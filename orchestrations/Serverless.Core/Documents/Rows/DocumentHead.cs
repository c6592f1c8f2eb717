using System.Globalization;
using System.Text.Json;

namespace Serverless.Core.Documents.Rows;

/// <summary>The row that is a document: who holds it knows all of it but a long body, which lies in part rows beside it.</summary>
internal sealed record DocumentHead
{
    /// <summary>The key of every head, in the document's own partition.</summary>
    public const string HeadKey = "head";

    public required DocumentKey Key { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Summary { get; init; }

    /// <summary>See <see cref="NewestFirst"/>.</summary>
    public required string Place { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The mark of the last write: the document's ETag.</summary>
    public required string Mark { get; init; }

    /// <summary>The mark of the write that made the index rows of name and id.</summary>
    public required string NameMark { get; init; }

    /// <summary>The mark of the write that made the index rows of the summary.</summary>
    public required string SummaryMark { get; init; }

    /// <summary>How many part rows hold the body; 0: the head does.</summary>
    public required int Parts { get; init; }

    /// <summary>The body's pieces, when the head holds them.</summary>
    public IReadOnlyList<byte[]> Pieces { get; init; } = [];

    /// <summary>The head row's ETag; empty before it is written.</summary>
    public string RowETag { get; init; } = "";

    /// <summary>The document's own partition.</summary>
    public static string Partition(DocumentKey key) => $"{key.Kind}.d.{RowRules.Escape(key.Id)}";

    /// <summary>The key of a part row.</summary>
    public static string PartKey(string mark, int part) => string.Create(CultureInfo.InvariantCulture, $"part.{mark}.{part}");

    public Row ToRow() => new(Partition(Key), HeadKey, new Dictionary<string, string>
    {
        ["kind"] = Key.Kind,
        ["id"] = Key.Id,
        ["name"] = Name,
        ["summary"] = JsonSerializer.Serialize(new Dictionary<string, string>(Summary), RowJson.Default.Texts),
        ["place"] = Place,
        ["created"] = Ticks(CreatedAt),
        ["updated"] = Ticks(UpdatedAt),
        ["mark"] = Mark,
        ["namemark"] = NameMark,
        ["summarymark"] = SummaryMark,
        ["parts"] = Parts.ToString(CultureInfo.InvariantCulture),
    }, Pieces);

    public static DocumentHead Read(Row row) => new()
    {
        Key = new DocumentKey(row.Texts["kind"], row.Texts["id"]),
        Name = row.Texts["name"],
        Summary = JsonSerializer.Deserialize(row.Texts["summary"], RowJson.Default.Texts) ?? [],
        Place = row.Texts["place"],
        CreatedAt = Time(row.Texts["created"]),
        UpdatedAt = Time(row.Texts["updated"]),
        Mark = row.Texts["mark"],
        NameMark = row.Texts["namemark"],
        SummaryMark = row.Texts["summarymark"],
        Parts = int.Parse(row.Texts["parts"], CultureInfo.InvariantCulture),
        Pieces = row.Pieces,
        RowETag = row.ETag,
    };

    public StoredDocument ToDocument(string json) => new(Key, new DocumentBody(json, Name, Summary), Mark, CreatedAt, UpdatedAt);

    private static string Ticks(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
