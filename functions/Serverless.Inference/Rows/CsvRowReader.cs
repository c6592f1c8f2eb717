using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Serverless.Core.Names;
using Serverless.Inference.Protocol;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Rows;

/// <summary>Reads rows as CSV with a header line of column names, straight into a call's buffers.</summary>
internal static class CsvRowReader
{
    private const int MostColumns = 10_000;

    /// <summary>Reads rows.</summary>
    /// <returns>How many.</returns>
    public static int Read(ReadOnlySpan<byte> text, RowInputs inputs, int maxRows, RequestErrors errors)
    {
        if (!BodyText.TryUtf8(ref text, errors))
            return 0;
        if (!Utf8.IsValid(text))
        {
            errors.Add("body", "The body is not UTF-8.", "Save the CSV as UTF-8.");
            return 0;
        }

        var csv = new CsvRecord(text);
        return ReadHeader(ref csv, inputs, errors) is { } columns ? ReadRows(ref csv, columns, inputs, maxRows, errors) : 0;
    }

    private static List<int>? ReadHeader(ref CsvRecord csv, RowInputs inputs, RequestErrors errors)
    {
        var columns = new List<int>();
        var seen = new bool[inputs.Count];
        var before = errors.Count;
        bool more;
        do
        {
            if (csv.AtEnd && columns.Count == 0)
                break;
            more = csv.Next(out var cell, out var isQuoted);
            var name = Unquote(cell, isQuoted).Trim();
            var column = inputs.Find(name);
            if (column < 0)
                errors.Add($"header[{columns.Count}]", $"The model has no column {Shown.Quote(name)}.", name.Contains(';') || name.Contains('\t') ? "Separate the columns with commas." : "Leave the column out; GET /v2/models/{name} lists the columns.");
            else if (seen[column])
                errors.Add($"header[{columns.Count}]", $"The column {Shown.Quote(name)} is there twice.", "Leave one of them out.");
            else
                seen[column] = true;
            columns.Add(column);
        }
        while (more && columns.Count <= MostColumns);
        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i])
                errors.Add("header", $"The column {Shown.Quote(inputs.Port(i).Name)} is missing.", "Give it; leave its cells empty where values are missing.");
        }

        if (columns.Count > MostColumns)
            errors.Add("header", $"The header has more than {MostColumns} columns, the limit.", "Send only the model's columns.");
        return errors.Count == before ? columns : null;
    }

    private static int ReadRows(ref CsvRecord csv, List<int> columns, RowInputs inputs, int maxRows, RequestErrors errors)
    {
        var rows = 0;
        while (!csv.AtEnd)
        {
            if (rows == maxRows)
            {
                errors.Add("body", $"There are more than {maxRows} rows, the limit.", "Send the rows in several calls.");
                return rows;
            }

            var cells = ReadRow(ref csv, columns, inputs, rows, errors, out var isBlank);
            if (isBlank && columns.Count > 1)
                continue;
            if (cells != columns.Count)
                errors.Add($"rows[{rows}]", $"The row {rows} has {cells} cells; the header has {columns.Count}.", "Give each row as many cells as the header; put texts with commas in quotes.");
            if (csv.Broken)
                errors.Add($"rows[{rows}]", $"The row {rows} has a quote that is not closed, or text behind a closed one.", "Close each quote, and double the quotes within a text.");
            rows++;
        }

        if (rows == 0)
            errors.Add("body", "There are no rows below the header.", "Send at least one row.");
        return rows;
    }

    private static int ReadRow(ref CsvRecord csv, List<int> columns, RowInputs inputs, int row, RequestErrors errors, out bool isBlank)
    {
        var cells = 0;
        bool more;
        isBlank = false;
        do
        {
            more = csv.Next(out var cell, out var isQuoted);
            if (cells == 0 && !more && cell.IsEmpty && !isQuoted && columns.Count > 1)
            {
                isBlank = true;
                return 0;
            }

            if (cells < columns.Count)
                Add(cell, isQuoted, inputs.Port(columns[cells]), inputs.Buffer(columns[cells]), row, errors);
            cells++;
        }
        while (more);
        return cells;
    }

    private static void Add(ReadOnlySpan<byte> cell, bool isQuoted, TensorPort port, TensorBuffer buffer, int row, RequestErrors errors)
    {
        var isGood = port.RowElements == 1 && (isQuoted && cell.Contains((byte)'"')
            ? CellText.TryAdd(Encoding.UTF8.GetBytes(Unquote(cell, true)), port.Type, buffer)
            : CellText.TryAdd(cell, port.Type, buffer));
        if (isGood)
            return;
        errors.Add(
            string.Create(CultureInfo.InvariantCulture, $"rows[{row}].{port.Name}"),
            $"The value {Shown.Quote(Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 64)]), 40)} of the column {Shown.Quote(port.Name)} is no {ElementTypes.Name(port.Type)}, or does not fit into it.",
            port.RowElements == 1 ? $"Give a value of {ElementTypes.Name(port.Type)} within its range{(ElementTypes.TakesMissing(port.Type) ? ", or nothing when it is missing" : "")}." : "This column takes arrays: send the rows as JSON.");
    }

    private static string Unquote(ReadOnlySpan<byte> cell, bool isQuoted)
    {
        var text = Encoding.UTF8.GetString(cell);
        return isQuoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }
}
