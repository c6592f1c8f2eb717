using System.Globalization;
using System.Text;
using Serverless.Contracts.Experiments;

namespace Serverless.Client.Experiments;

/// <summary>Writes a comparison as a text that other programs read or show: CSV, Markdown. What comes from runs can do no harm in either.</summary>
public static class ComparisonText
{
    /// <summary>
    /// CSV as RFC 4180 has it: a header, then a line for each run. A text that a spreadsheet would take for a formula has a <c>'</c> before it; numbers stay as they are.
    /// </summary>
    public static string ToCsv(ExperimentComparison comparison)
    {
        var text = new StringBuilder();
        foreach (var row in Rows(comparison))
            text.AppendJoin(',', row.Select(cell => Field(cell ?? ""))).Append("\r\n");
        return text.ToString();
    }

    /// <summary>A Markdown table with a title, and the notes below it.</summary>
    public static string ToMarkdown(ExperimentComparison comparison)
    {
        var text = new StringBuilder($"# {Escape(comparison.Experiment)}\n\n");
        var rows = Rows(comparison).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i].Select(cell => cell is { Length: > 0 } ? Escape(cell) : "–")).Append(" |\n");
            if (i == 0)
                text.Append('|').Insert(text.Length, " --- |", rows[0].Count).Append('\n');
        }

        foreach (var note in comparison.Notes)
            text.Append('\n').Append(Escape(note)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<IReadOnlyList<string?>> Rows(ExperimentComparison comparison)
    {
        yield return ["kind", "run", .. comparison.Columns.Select(Header)];
        foreach (var run in comparison.Runs)
            yield return [run.Kind.ToString().ToLowerInvariant(), run.Id, .. run.Cells];
    }

    /// <summary>A column's name; parameters, metrics and data say what they are, since a parameter can have a metric's name.</summary>
    private static string Header(ComparedColumn column) => column.Group switch
    {
        ColumnGroup.Parameter => $"parameter.{column.Name}",
        ColumnGroup.Metric => $"metric.{column.Name}",
        ColumnGroup.Input => $"input.{column.Name}",
        ColumnGroup.Output or ColumnGroup.Fact => column.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Group, null),
    };

    private static string Field(string cell)
    {
        var plain = Plain(cell);
        var isFormula = plain.Length > 0 && "=+-@'".Contains(plain[0]) && !double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var safe = isFormula ? $"'{plain}" : plain;
        return safe.AsSpan().IndexOfAny(",\" ;") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Escape(string cell)
    {
        var text = new StringBuilder();
        foreach (var c in Plain(cell))
        {
            _ = c switch
            {
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '&' => text.Append("&amp;"),
                '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '#' or '!' => text.Append('\\').Append(c),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    /// <summary>Control, format and private characters and line breaks as escapes, so that a cell stays a cell.</summary>
    private static string Plain(string cell)
    {
        var text = new StringBuilder(cell.Length);
        foreach (var rune in cell.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                text.Append(rune);
        }

        return text.ToString();
    }
}
