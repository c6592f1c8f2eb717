using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Serverless.Core.Documents;

namespace Serverless.Infra.Local.Documents;

/// <summary>A document with its place in the order of creation.</summary>
internal sealed record DocumentRow(long Sequence, StoredDocument Document)
{
    /// <summary>What <see cref="Read"/> expects, of a table <c>d</c>.</summary>
    public const string Columns = "d.seq, d.kind, d.id, d.name, d.version, d.created, d.updated, d.summary, d.json";

    public static DocumentRow Read(SqliteDataReader row)
    {
        var sequence = row.GetInt64(0);
        var body = new DocumentBody(row.GetString(8), row.GetString(3), Summary(row.GetString(7)));
        var key = new DocumentKey(row.GetString(1), row.GetString(2));
        return new DocumentRow(sequence, new StoredDocument(key, body, ETag(sequence, row.GetInt64(4)), Time(row.GetInt64(5)), Time(row.GetInt64(6))));
    }

    /// <summary>The sequence is never given twice, so a document that was deleted and made again has no ETag of its former life.</summary>
    public static string ETag(long sequence, long version) => string.Create(CultureInfo.InvariantCulture, $"{sequence}-{version}");

    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    public static Dictionary<string, string> Summary(string json) =>
        JsonSerializer.Deserialize(json, DocumentSummaryJson.Default.Summary) ?? [];
}
