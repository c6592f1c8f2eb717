using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Serverless.Benchmarks.Scale.Measuring;

/// <summary>What a workflow engine did, read from its histories.</summary>
internal static class HistoryCounts
{
    /// <summary>Counts the events of all instances by kind.</summary>
    /// <param name="path">The engine's database; it may be in use.</param>
    public static IReadOnlyDictionary<string, long> Read(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT event FROM history";
        using var reader = command.ExecuteReader();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
        {
            using var json = JsonDocument.Parse(reader.GetString(0));
            var kind = "history." + json.RootElement.GetProperty("kind").GetString();
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        return counts;
    }
}
