using Microsoft.Data.Sqlite;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Reads columns.</summary>
internal static class SqliteRows
{
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);
}
