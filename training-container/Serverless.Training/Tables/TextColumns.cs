using System.Globalization;

namespace Serverless.Training.Tables;

/// <summary>Reads columns as texts.</summary>
internal static class TextColumns
{
    /// <summary>The greatest number of rows: all texts are in memory.</summary>
    public const int MaxRows = 5_000_000;

    /// <summary>Reads the rows in which no wanted column is missing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The wanted columns, each with the argument that names it.</param>
    /// <param name="missing">What means that a value is missing.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The texts of each row, in the order of <paramref name="columns"/>.</returns>
    /// <exception cref="DataException">A column is not there, no row is whole, or there are too many rows.</exception>
    public static IReadOnlyList<string[]> Read(CsvTable table, IReadOnlyList<(string Column, string Argument)> columns, MissingMarks missing, CancellationToken cancel)
    {
        int[] places = [.. columns.Select(column => Find(table, column.Column, column.Argument))];
        var rows = new List<string[]>();
        table.ForEach(row =>
        {
            foreach (var place in places)
                if (missing.Contains(row[place]))
                    return;
            if (rows.Count == MaxRows)
                throw new DataException(string.Create(CultureInfo.InvariantCulture, $"The table has more than {MaxRows} rows with a text. Train on a part of it."));
            rows.Add([.. places.Select(row.Text)]);
        }, cancel);
        return rows.Count > 0 ? rows : throw new DataException($"No row has a value in each of the columns {string.Join(", ", columns.Select(column => $"'{column.Column}'"))}. Name other columns.");
    }

    private static int Find(CsvTable table, string column, string argument) =>
        table.Columns.ToList().IndexOf(column) is >= 0 and var at
            ? at
            : throw new DataException($"There is no column '{column}'. The columns are: {string.Join(", ", table.Columns.Take(20))}. Give --{argument} one of them.");
}
