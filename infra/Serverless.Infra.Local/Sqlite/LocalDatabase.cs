using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Failures;

namespace Serverless.Infra.Local.Sqlite;

/// <summary>
/// The database of documents and doorbells: one file, one writer, readers beside it (WAL). What was written is on the disk when the write returns
/// (<c>synchronous=FULL</c>), also after a power cut.
/// </summary>
public sealed class LocalDatabase : IAsyncDisposable
{
    /// <summary>Most idle reading connections that are kept.</summary>
    private const int MaxReaders = 8;

    private readonly LocalDatabaseOptions options;
    private readonly string connectionString;
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly WriteQueue writes;
    private volatile bool closed;

    /// <summary>Opens the database, making it when it is not there.</summary>
    /// <exception cref="ServerlessException">The file cannot be opened, is damaged, or was written by a newer version.</exception>
    public LocalDatabase(LocalDatabaseOptions options)
    {
        this.options = options;
        SQLitePCL.Batteries_V2.Init();
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = options.File,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)options.Busy.TotalSeconds),
        }.ToString();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.File))!);
        OwnerOnly.Bring(options.File);
        writes = Guard(() => new WriteQueue(OpenWriter(), options));
    }

    /// <summary>Reads. What the function reads in one statement is one moment's state.</summary>
    internal T Read<T>(Func<SqliteSession, T> read)
    {
        if (closed)
            throw new ServerlessException(ProblemCodes.Unavailable, "The database is closed.", "Try again once the host is back.", retryable: true);
        return Guard(() =>
        {
            var session = readers.TryTake(out var idle) ? idle : OpenReader();
            try
            {
                var result = read(session);
                Keep(session);
                return result;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        });
    }

    /// <summary>Writes in turn with others; see <see cref="WriteQueue.WriteAsync"/>.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> write, Action<T>? committed, CancellationToken cancel) =>
        writes.WriteAsync(write, committed, cancel);

    /// <summary>Carries out the writes that wait, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        await writes.DisposeAsync();
        while (readers.TryTake(out var reader))
            reader.Dispose();
    }

    private SqliteSession OpenWriter()
    {
        var session = new SqliteSession(connectionString);
        try
        {
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=FULL");
            session.Execute("PRAGMA journal_size_limit=67108864");
            LocalSchema.Bring(session, options.File);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private SqliteSession OpenReader()
    {
        var session = new SqliteSession(connectionString);
        session.Execute("PRAGMA query_only=ON");
        return session;
    }

    private void Keep(SqliteSession session)
    {
        if (!closed && readers.Count < MaxReaders)
            readers.Add(session);
        else
            session.Dispose();
    }

    private T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException failed)
        {
            throw LocalFailures.OfDatabase(options.File, failed);
        }
    }
}
