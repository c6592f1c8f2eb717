using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Infra.Local.Sqlite;

/// <summary>
/// The tables. <c>seq</c> is the order of creation and never given twice. <c>documents_newest</c> holds all that a search for a short part of a name reads;
/// the search for longer parts has a table <c>names_KIND</c> a kind, made when its first document is written (see <c>NameIndex</c>).
/// </summary>
internal static class LocalSchema
{
    private const long Version = 1;

    private const string Tables = """
        CREATE TABLE documents (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            summary TEXT NOT NULL,
            json TEXT NOT NULL);
        CREATE UNIQUE INDEX documents_key ON documents (kind, id);
        CREATE INDEX documents_newest ON documents (kind, seq, name, id);
        CREATE TABLE summaries (
            kind TEXT NOT NULL,
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            seq INTEGER NOT NULL,
            PRIMARY KEY (kind, field, value, seq)) WITHOUT ROWID;
        CREATE TABLE rings (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            id TEXT NOT NULL,
            order_key TEXT,
            due INTEGER NOT NULL,
            delay INTEGER NOT NULL,
            deliveries INTEGER NOT NULL);
        CREATE TABLE dead_rings (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            id TEXT NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL);
        CREATE INDEX dead_rings_queue ON dead_rings (queue, seq);
        """;

    /// <summary>Makes the tables of a new file; refuses a file that a newer version has written.</summary>
    public static void Bring(SqliteSession session, string file) => session.Transact(() =>
    {
        var version = session.Number("PRAGMA user_version");
        if (version > Version)
        {
            throw new ServerlessException(ProblemCodes.Unavailable,
                $"The database '{file}' has version {version}; this product reads up to version {Version}.", "Use the newer version of the product that wrote it.");
        }

        if (version == 0)
        {
            session.Execute(Tables);
            session.Execute($"PRAGMA user_version={Version}");
        }

        return version;
    });
}
