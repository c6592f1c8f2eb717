using Microsoft.Data.Sqlite;

namespace Serverless.Infra.Local.Sqlite;

/// <summary>One connection with its prepared statements, which are kept by their text. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = [];

    public SqliteSession(string connectionString)
    {
        connection = new SqliteConnection(connectionString);
        connection.Open();
    }

    /// <summary>How often a transaction was rolled back: what was remembered of the schema may be wrong since.</summary>
    public int Rollbacks { get; private set; }

    /// <summary>Runs a statement; parameters are <c>$1</c>, <c>$2</c> ….</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object> arguments) => Bind(sql, arguments).ExecuteNonQuery();

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> arguments)
        where T : class
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>The first column of the first row as a number; 0 when there is no row.</summary>
    public long Number(string sql, params ReadOnlySpan<object> arguments) => Bind(sql, arguments).ExecuteScalar() is long number ? number : 0;

    /// <summary>All rows.</summary>
    public List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs all of it in one transaction, or nothing.</summary>
    public T Transact<T>(Func<T> act)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            var result = act();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            Rollbacks++;
            TryRollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        connection.Dispose();
    }

    private void TryRollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full; the first failure is the one to tell.
        }
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object> arguments)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= arguments.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            commands.Add(sql, command);
        }

        for (var i = 0; i < arguments.Length; i++)
            command.Parameters[i].Value = arguments[i];
        return command;
    }
}
