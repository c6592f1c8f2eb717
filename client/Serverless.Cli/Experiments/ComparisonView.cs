using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Experiments;

namespace Serverless.Cli.Experiments;

/// <summary>A comparison for a terminal: what is the same in all runs as one list above, what differs as a table.</summary>
internal static class ComparisonView
{
    /// <summary>Digits of a metric that matter to an eye; files have all.</summary>
    private const int Digits = 6;

    /// <summary>Longest parameter that is shown as it is: a seed with all its digits; one that a study drew has digits that nobody reads.</summary>
    private const int LongestNumber = 12;

    /// <summary>Longest cell: a long command would push everything else aside.</summary>
    private const int MaxCell = 40;

    public static void Write(Output output, ExperimentComparison comparison, bool transpose)
    {
        if (comparison.Runs.Count == 0)
        {
            output.Talk("There are no runs to compare.");
            return;
        }

        var same = Enumerable.Range(0, comparison.Columns.Count).Where(at => !comparison.Columns[at].Differs).ToList();
        if (same.Count > 0)
        {
            var facts = new Facts();
            foreach (var at in same)
                facts.Add(Header(comparison.Columns[at]), Show(comparison.Columns[at], comparison.Runs[0].Cells[at]));
            output.Line("the same in all:");
            facts.Write(output);
            output.Line("");
        }

        var differing = Enumerable.Range(0, comparison.Columns.Count).Where(at => comparison.Columns[at].Differs).ToList();
        output.Blocks(transpose ? AsColumns(comparison, differing) : AsRows(comparison, differing));
    }

    private static BlockTable AsRows(ExperimentComparison comparison, List<int> columns)
    {
        var table = new BlockTable(["#>", "RUN", .. columns.Select(at => Header(comparison.Columns[at]) + (IsNumber(comparison, at) ? ">" : ""))]);
        for (var i = 0; i < comparison.Runs.Count; i++)
        {
            var run = comparison.Runs[i];
            table.Row([(i + 1).ToString(CultureInfo.InvariantCulture), Name(run), .. columns.Select(at => Show(comparison.Columns[at], run.Cells[at]))]);
        }

        return table;
    }

    private static BlockTable AsColumns(ExperimentComparison comparison, List<int> columns)
    {
        var table = new BlockTable(["", .. comparison.Runs.Select(Name)]);
        foreach (var at in columns)
            table.Row([Header(comparison.Columns[at]), .. comparison.Runs.Select(run => Show(comparison.Columns[at], run.Cells[at]) ?? "-")]);
        return table;
    }

    /// <summary>A study with its best trial.</summary>
    private static string Name(ComparedRun run) =>
        run is { Kind: RunKind.Study, Trial: { } best } ? string.Create(CultureInfo.InvariantCulture, $"{run.Id} (best: #{best})") : run.Id;

    /// <summary>Parameters and metrics under their own names, the rest in capitals, so that a glance tells them apart.</summary>
    private static string Header(ComparedColumn column) => SafeText.Line(column.Group switch
    {
        ColumnGroup.Parameter or ColumnGroup.Metric => column.Name,
        ColumnGroup.Input => $"DATA {column.Name}",
        ColumnGroup.Output or ColumnGroup.Fact => column.Name.ToUpperInvariant(),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Group, null),
    });

    private static bool IsNumber(ExperimentComparison comparison, int at) =>
        comparison.Columns[at] is { Group: ColumnGroup.Metric } or { Group: ColumnGroup.Fact, Name: "cost" }
        || comparison.Runs.All(run => run.Cells[at] is not { } cell || Number(cell) is not null);

    private static string? Show(ComparedColumn column, string? cell) => cell is null ? null : column switch
    {
        { Group: ColumnGroup.Metric } when Number(cell) is { } number => Words.Number(number, Digits),
        { Group: ColumnGroup.Parameter } when cell.Length > LongestNumber && Number(cell) is { } number => Words.Number(number, Digits),
        { Group: ColumnGroup.Input } => ExperimentText.Data(cell),
        { Group: ColumnGroup.Output, Name: "bytes" } when Number(cell) is { } bytes => Words.Bytes((long)bytes),
        { Group: ColumnGroup.Fact, Name: "commit" } => Words.Short(cell),
        { Group: ColumnGroup.Fact, Name: "started" } => cell.Replace('T', ' '),
        { Group: ColumnGroup.Fact, Name: "seconds" } when Number(cell) is { } seconds => seconds.ToString("0.#", CultureInfo.InvariantCulture),
        _ => cell.Length > MaxCell ? cell[..(MaxCell - 1)] + "…" : cell,
    };

    private static double? Number(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
