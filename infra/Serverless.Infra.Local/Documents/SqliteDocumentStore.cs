using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Serverless.Core.Documents;
using Serverless.Infra.Local.Sqlite;

namespace Serverless.Infra.Local.Documents;

/// <summary>Documents in SQLite. A write has reached the disk when it returns. See <c>docs/mechanisms/local-stores.md</c>.</summary>
/// <param name="database">The database, shared with the doorbell.</param>
/// <param name="clock">Dates documents; their order does not hang on it.</param>
public sealed class SqliteDocumentStore(LocalDatabase database, TimeProvider clock) : IDocumentStore
{
    private readonly NameIndex names = new();

    /// <inheritdoc/>
    public Task<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.Check(key);
        return Task.FromResult(database.Read(session =>
            session.First($"SELECT {DocumentRow.Columns} FROM documents d WHERE kind = $1 AND id = $2", DocumentRow.Read, key.Kind, key.Id)?.Document));
    }

    /// <inheritdoc/>
    public Task<StoredDocument?> PutAsync(DocumentKey key, DocumentBody body, DocumentCondition condition, CancellationToken cancel)
    {
        DocumentRules.Check(key, body);
        var summary = new Dictionary<string, string>(body.Summary);
        var row = new NewRow(key, body with { Summary = summary }, JsonSerializer.Serialize(summary, DocumentSummaryJson.Default.Summary), clock.GetUtcNow());
        return database.WriteAsync(session => Put(session, row, condition), null, cancel);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(DocumentKey key, DocumentCondition condition, CancellationToken cancel)
    {
        DocumentRules.Check(key);
        return database.WriteAsync(session => Delete(session, key, condition), null, cancel);
    }

    /// <inheritdoc/>
    public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.Check(query);
        var before = long.MaxValue;
        if (query.After is { } after && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            throw DocumentRules.BadAfter(after);
        var rows = database.Read(session => DocumentSearch.Find(session, query, before));
        var next = rows.Count > query.Limit ? rows[query.Limit - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return Task.FromResult(new DocumentPage([.. rows.Take(query.Limit).Select(row => row.Document)], next));
    }

    /// <inheritdoc/>
    public Task<int> CountAsync(string kind, IReadOnlyDictionary<string, string> where, int most, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.CheckCount(kind, where, most);
        return Task.FromResult(database.Read(session => DocumentSearch.Count(session, kind, where, most)));
    }

    private StoredDocument? Put(SqliteSession session, NewRow row, DocumentCondition condition)
    {
        var (key, body) = (row.Key, row.Body);
        var old = OldRow.Find(session, key);
        if (!Holds(condition, old))
            return null;
        var now = row.Now.UtcTicks;
        if (old is null)
        {
            session.Execute(
                "INSERT INTO documents (kind, id, name, version, created, updated, summary, json) VALUES ($1, $2, $3, 1, $4, $4, $5, $6)",
                key.Kind, key.Id, body.Name, now, row.Summary, body.Json);
            var made = session.Number("SELECT last_insert_rowid()");
            names.Add(session, key.Kind, made, body.Name, key.Id);
            ChangeSummary(session, key.Kind, made, new Dictionary<string, string>(), body.Summary);
            return new StoredDocument(key, body, DocumentRow.ETag(made, 1), row.Now, row.Now);
        }

        session.Execute(
            "UPDATE documents SET name = $2, version = $3, updated = $4, summary = $5, json = $6 WHERE seq = $1",
            old.Sequence, body.Name, old.Version + 1, now, row.Summary, body.Json);
        if (old.Name != body.Name)
        {
            names.Remove(session, key.Kind, old.Sequence, old.Name, key.Id);
            names.Add(session, key.Kind, old.Sequence, body.Name, key.Id);
        }

        ChangeSummary(session, key.Kind, old.Sequence, old.Summary, body.Summary);
        return new StoredDocument(key, body, DocumentRow.ETag(old.Sequence, old.Version + 1), DocumentRow.Time(old.Created), row.Now);
    }

    private bool Delete(SqliteSession session, DocumentKey key, DocumentCondition condition)
    {
        if (OldRow.Find(session, key) is not { } old || !Holds(condition, old))
            return false;
        session.Execute("DELETE FROM documents WHERE seq = $1", old.Sequence);
        names.Remove(session, key.Kind, old.Sequence, old.Name, key.Id);
        ChangeSummary(session, key.Kind, old.Sequence, old.Summary, new Dictionary<string, string>());
        return true;
    }

    private static void ChangeSummary(
        SqliteSession session, string kind, long sequence, IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> next)
    {
        foreach (var (field, value) in old)
        {
            if (!next.TryGetValue(field, out var kept) || kept != value)
                session.Execute("DELETE FROM summaries WHERE kind = $1 AND field = $2 AND value = $3 AND seq = $4", kind, field, value, sequence);
        }

        foreach (var (field, value) in next)
        {
            if (!old.TryGetValue(field, out var kept) || kept != value)
                session.Execute("INSERT INTO summaries (kind, field, value, seq) VALUES ($1, $2, $3, $4)", kind, field, value, sequence);
        }
    }

    private static bool Holds(DocumentCondition condition, OldRow? there) =>
        condition.IsAbsent
            ? there is null
            : condition.ETag is null || (there is not null && condition.ETag == DocumentRow.ETag(there.Sequence, there.Version));

    private sealed record NewRow(DocumentKey Key, DocumentBody Body, string Summary, DateTimeOffset Now);

    private sealed record OldRow(long Sequence, long Version, long Created, string Name, IReadOnlyDictionary<string, string> Summary)
    {
        public static OldRow? Find(SqliteSession session, DocumentKey key) =>
            session.First("SELECT seq, version, created, name, summary FROM documents WHERE kind = $1 AND id = $2", Read, key.Kind, key.Id);

        private static OldRow Read(SqliteDataReader row) =>
            new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), DocumentRow.Summary(row.GetString(4)));
    }
}
