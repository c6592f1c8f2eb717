using System.Globalization;
using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Opens the file, and sees that it is one of ours and of a schema that we know.</summary>
internal static class SqliteFile
{
    private const long ApplicationId = 0x534C5746; // "SLWF"
    private const long SchemaVersion = 2;
    private const int BusySeconds = 5;

    /// <summary>Opens the connection that writes; makes the tables of a new file.</summary>
    public static SqliteSession OpenWriter(string path, long maxFileBytes)
    {
        SQLitePCL.Batteries_V2.Init();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        OwnerOnly.Bring(path);
        var session = Open(path);
        try
        {
            CheckSchema(session, path);
            session.Scalar<long>(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {maxFileBytes / session.Scalar<long>("PRAGMA page_size")}"));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens one more connection, for reading.</summary>
    public static SqliteSession Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        connection.Open();
        var session = new SqliteSession(connection);
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("PRAGMA temp_store = MEMORY");
        return session;
    }

    private static void CheckSchema(SqliteSession session, string path)
    {
        var version = session.Scalar<long>("PRAGMA user_version");
        var application = session.Scalar<long>("PRAGMA application_id");
        if (version > SchemaVersion && application == ApplicationId)
            throw Refused($"The workflow store '{path}' has schema {version}; this version knows {SchemaVersion}.", "Run the version that wrote it, or a newer one.");
        if (application != ApplicationId && session.Scalar<long>("SELECT count(*) FROM sqlite_master") > 0)
            throw Refused($"The file '{path}' is a database, but no workflow store.", "Give the engine a file of its own.");
        session.Scalar<string>("PRAGMA journal_mode = WAL");
        if (version == 0)
            Create(session);
        else if (version == 1)
            AddColumnsOfTwo(session);
    }

    private static void AddColumnsOfTwo(SqliteSession session)
    {
        session.Execute("BEGIN IMMEDIATE");
        if (session.Scalar<long>("PRAGMA user_version") == 1) // another process may have been first
        {
            session.Execute("ALTER TABLE instances ADD COLUMN parked TEXT");
            session.Execute("ALTER TABLE activities ADD COLUMN starts INTEGER NOT NULL DEFAULT 0");
            session.Execute("CREATE INDEX instances_ended ON instances(updated_at) WHERE status <> 0");
            session.Execute("PRAGMA user_version = 2");
        }

        session.Execute("COMMIT");
    }

    private static void Create(SqliteSession session)
    {
        using var stream = typeof(SqliteFile).Assembly.GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(stream);
        var schema = reader.ReadToEnd();
        session.Execute("BEGIN IMMEDIATE");
        if (session.Scalar<long>("PRAGMA user_version") == 0) // another process may have been first
        {
            session.Execute(schema);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {SchemaVersion}"));
        }

        session.Execute("COMMIT");
    }

    private static ServerlessException Refused(string message, string cure) => new(ProblemCodes.Internal, message, cure);
}
