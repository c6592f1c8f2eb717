namespace Serverless.Cli.Terminal;

/// <summary>
/// Rows with more columns than fit side by side: one table where there is room, else several, one below the other, each with the first column, which numbers the rows.
/// A column in which no row has a value is left out.
/// </summary>
internal sealed class BlockTable
{
    private const int Gap = 2;

    private readonly string[] headers;
    private readonly List<string?[]> rows = [];

    /// <summary>A table with these columns; a header that ends with <c>&gt;</c> is of a column of numbers.</summary>
    public BlockTable(params string[] headers) => this.headers = [.. headers.Select(SafeText.Line)];

    /// <summary>A row; a missing value is shown as a dash.</summary>
    public void Row(params string?[] cells) => rows.Add([.. cells.Select(cell => string.IsNullOrEmpty(cell) ? null : SafeText.Line(cell))]);

    /// <summary>The tables, an empty line between two. A cell that is wider than a whole table is cut.</summary>
    public string Render(int width)
    {
        var first = Width(0, width);
        var blocks = new List<List<int>>();
        var left = 0;
        foreach (var column in Enumerable.Range(1, headers.Length - 1).Where(column => rows.Any(row => row[column] is not null)))
        {
            var needed = Gap + Width(column, width - first - Gap);
            if (blocks.Count == 0 || needed > left)
            {
                blocks.Add([0]);
                left = width - first;
            }

            blocks[^1].Add(column);
            left -= needed;
        }

        return string.Join('\n', blocks.Select(block => Table(block, width - first - Gap).Render(width)));
    }

    private TextTable Table(List<int> columns, int most)
    {
        var table = new TextTable([.. columns.Select(column => Cut(headers[column], most))]);
        foreach (var row in rows)
            table.Row([.. columns.Select(column => row[column] is { } cell ? Cut(cell, most) : null)]);
        return table;
    }

    private int Width(int column, int most) =>
        Math.Min(most, rows.Select(row => row[column]?.Length ?? 1).Append(headers[column].TrimEnd('>').Length).Max());

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..Math.Max(1, most - 1)] + "…";
}
