using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Connections that read beside the writer; as many as are in use at once.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> free = [];
    private volatile bool closed;

    public T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        try
        {
            if (!free.TryTake(out var session))
                session = SqliteFile.Open(path);
            var result = read(session); // a session that failed is not used again
            free.Add(session);
            if (closed)
                Dispose();
            return result;
        }
        catch (SqliteException error)
        {
            throw StoreErrors.Of(error, path);
        }
    }

    public void Dispose()
    {
        closed = true;
        while (free.TryTake(out var session))
            session.Dispose();
    }
}
