using System.Globalization;
using System.Text;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Values;

namespace Serverless.Cli.Studies.Findings;

/// <summary>Trials as CSV (RFC 4180, numbers with a point, nothing where a parameter is not there).</summary>
internal static class ParallelCsv
{
    /// <summary>The text, with a header.</summary>
    public static string Of(ParallelCoordinates found)
    {
        var text = new StringBuilder();
        Row(text, ["trial", "status", .. found.Axes.Select(axis => Cell(axis.Name))]);
        foreach (var line in found.Lines)
            Row(text, [line.Number.ToString(CultureInfo.InvariantCulture), System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(line.Status.ToString()), .. line.Values.Select(Cell)]);
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells).Append("\r\n");

    private static string Cell(ScalarValue? value) => value is not { } known ? "" : known.Text is { } text ? Cell(text) : known.ToString();

    /// <summary>A text; one that a spreadsheet would take for a formula is marked as text by an apostrophe.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
