namespace Serverless.Training.Tables;

/// <summary>Finds the tables of an input.</summary>
internal static class TableFolder
{
    private static readonly string[] Extensions = [".csv", ".tsv", ".txt", ".data"];

    /// <summary>The tables below a folder, in the order of their names.</summary>
    /// <exception cref="DataException">There is no such folder.</exception>
    public static List<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DataException($"The input folder '{folder}' does not exist. Give the job an input with a table.");
        return [.. Directory.EnumerateFiles(Path.GetFullPath(folder), "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }
}
