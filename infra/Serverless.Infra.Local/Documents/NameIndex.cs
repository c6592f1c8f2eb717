using Serverless.Infra.Local.Sqlite;

namespace Serverless.Infra.Local.Documents;

/// <summary>
/// Finds any part of a name or id by its trigrams (SQLite's full-text search with the trigram tokenizer). One table a kind, so that many documents of one kind
/// do not slow the search in another. The tables keep no text of their own: what leaves the index is given back to it word for word.
/// </summary>
internal sealed class NameIndex
{
    /// <summary>Shortest part that trigrams can find, in characters.</summary>
    public const int MinLength = 3;

    private readonly HashSet<string> known = [];
    private int rollbacksSeen;

    /// <summary>The table of a kind. Kinds are lower-case letters and dashes, so the quoted name is safe.</summary>
    public static string Table(string kind) => $"\"names_{kind}\"";

    /// <summary>Whether a kind has a table yet.</summary>
    public static bool Exists(SqliteSession session, string kind) =>
        session.Number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1", $"names_{kind}") > 0;

    /// <summary>A part of a text as the index's query for exactly that sequence.</summary>
    public static string Phrase(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Takes a document in.</summary>
    public void Add(SqliteSession session, string kind, long sequence, string name, string id)
    {
        EnsureTable(session, kind);
        session.Execute($"INSERT INTO {Table(kind)} (rowid, name, id) VALUES ($1, $2, $3)", sequence, name, id);
    }

    /// <summary>Takes a document out; name and id are what was taken in.</summary>
    public void Remove(SqliteSession session, string kind, long sequence, string name, string id)
    {
        EnsureTable(session, kind);
        session.Execute($"INSERT INTO {Table(kind)} ({Table(kind)}, rowid, name, id) VALUES ('delete', $1, $2, $3)", sequence, name, id);
    }

    private void EnsureTable(SqliteSession session, string kind)
    {
        if (rollbacksSeen != session.Rollbacks)
            known.Clear();
        rollbacksSeen = session.Rollbacks;
        if (known.Add(kind))
            session.Execute($"CREATE VIRTUAL TABLE IF NOT EXISTS {Table(kind)} USING fts5(name, id, content='', tokenize='trigram')");
    }
}
