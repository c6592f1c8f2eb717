using System.Globalization;

namespace Serverless.Agent.Unix;

/// <summary>The agent's own hard limits, as the kernel shows them.</summary>
internal static class ResourceLimits
{
    private const string File = "/proc/self/limits";

    /// <summary>Reads them.</summary>
    /// <returns>The most open files and processes; null: no limit, or not known.</returns>
    public static (long? OpenFiles, long? Processes) Read()
    {
        try
        {
            return Parse(System.IO.File.ReadAllText(File));
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }

    /// <summary>Reads the table: name, soft limit, hard limit, unit, in columns of blanks.</summary>
    public static (long? OpenFiles, long? Processes) Parse(string table) => (Hard(table, "Max open files"), Hard(table, "Max processes"));

    private static long? Hard(string table, string name)
    {
        var line = table.Split('\n').FirstOrDefault(each => each.StartsWith(name, StringComparison.Ordinal));
        var columns = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns is { Length: >= 2 } && long.TryParse(columns[1], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
