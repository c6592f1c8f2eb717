using System.Globalization;
using Serverless.Contracts.Datasets;

namespace Serverless.Api.Datasets;

/// <summary>The beginning of a CSV file (RFC 4180; comma, semicolon or tab; the first record names the columns) as a table.</summary>
internal sealed class CsvSample
{
    private const int MaxRows = 1_000;
    private const int MaxColumns = 1_000;
    private const int MaxCell = 200;

    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase) { "", "?", "na", "n/a", "nan", "null" };

    private readonly IReadOnlyList<string> header;
    private readonly IReadOnlyList<IReadOnlyList<string>> rows;

    private CsvSample(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        this.header = header;
        this.rows = rows;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, without a byte-order mark.</param>
    /// <param name="cut">Whether the file goes on behind it: its last record then is not whole, and left out.</param>
    public static CsvSample Read(string text, bool cut)
    {
        var records = CsvRecords.Read(text, Separator(text), MaxRows + 2);
        if (cut && records.Count is > 1 and < MaxRows + 2)
            records.RemoveAt(records.Count - 1);
        return records.Count == 0 ? new CsvSample([], []) : new CsvSample([.. records[0].Take(MaxColumns)], [.. records.Skip(1).Take(MaxRows)]);
    }

    /// <summary>What is shown.</summary>
    public DatasetPreview Preview(string file, int shown) => new(
        file,
        [.. header.Select((name, column) => Column(Cut(name), column))],
        [.. rows.Take(shown).Select(row => (IReadOnlyList<string?>)[.. header.Select((_, column) => Value(row, column) is { } value ? Cut(value) : null)])],
        rows.Count);

    private DatasetColumn Column(string name, int column)
    {
        var values = rows.Select(row => Value(row, column)).OfType<string>().ToList();
        var number = values.Count > 0 && values.All(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return new DatasetColumn(name, number ? "number" : "text", rows.Count - values.Count, values.Distinct(StringComparer.Ordinal).Count());
    }

    private static string? Value(IReadOnlyList<string> row, int column) =>
        column < row.Count && row[column].Trim() is var value && !MissingWords.Contains(value) ? value : null;

    private static string Cut(string text) => text.Length <= MaxCell ? text : text[..MaxCell] + "…";

    private static char Separator(string text)
    {
        var line = text.AsSpan(0, text.IndexOf('\n') is var end and >= 0 ? end : text.Length);
        var (commas, semicolons, tabs) = (line.Count(','), line.Count(';'), line.Count('\t'));
        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}
