using System.CommandLine;
using System.Text;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies.Findings;

/// <summary><c>study parallel</c>.</summary>
internal static class ParallelCommand
{
    /// <summary>Cells of an axis.</summary>
    private const int Cells = 16;

    public static Command Make(CommandBuilder build)
    {
        var id = FindingOptions.Id();
        var csv = CommandBuilder.Option("--csv", "FILE", "Write the trials as CSV: number, status, and the value on each axis. '-': to stdout.");
        var lines = CommonOptions.Ranged("--lines", "N", "Most trials, 1 to 10000. Default: 1000. Of more the best half and an even pick of the rest.", 1, FindingNames.MaxLines);
        return build.Make("parallel", "Where the trials lie on each parameter and objective, all of them and the best tenth: the data of parallel coordinates.", [id, csv, lines], async run =>
        {
            var found = await run.Client.Studies.ParallelAsync(run.Get(id), run.Get(lines), run.Cancel);
            if (run.Get(csv) is { } file)
                return await WriteCsvAsync(run, found, file);
            if (run.Output.IsJson)
                run.Output.Json(found, ContractsJson.Default.ParallelCoordinates);
            else
                Write(run.Output, found);
            return ExitCode.Ok;
        });
    }

    private static async Task<int> WriteCsvAsync(Invocation run, ParallelCoordinates found, string file)
    {
        var text = ParallelCsv.Of(found);
        if (file == "-")
        {
            await run.Io.Out.WriteAsync(text);
            return ExitCode.Ok;
        }

        var path = Path.GetFullPath(file, run.Io.Folder);
        if (Directory.Exists(path))
            throw CliException.Usage($"'{path}' is a folder.", "Name a file.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), run.Cancel);
        run.Output.Line(path);
        return ExitCode.Ok;
    }

    private static void Write(Output output, ParallelCoordinates found)
    {
        if (found.Lines.Count == 0)
        {
            output.Talk("No trial of the study is complete or pruned yet.");
            return;
        }

        var best = Best(found);
        var table = new TextTable("AXIS*", "FROM*", "ALL TRIALS", "BEST TENTH", "TO*", "BEST>");
        for (var axis = 0; axis < found.Axes.Count; axis++)
        {
            var shown = found.Axes[axis];
            table.Row(
                shown.Name + (shown.Log ? " (log)" : ""),
                End(shown, first: true),
                Spread(found.Lines, axis, shown),
                Spread(best, axis, shown),
                End(shown, first: false),
                best.Count > 0 ? best[0].Values[axis]?.Number is { } number ? Words.Number(number) : best[0].Values[axis]?.ToString() : null);
        }

        output.Table(table);
        output.Hint($"How often the trials lie where, from the least value to the greatest, each row on its own scale{(found.Lines.Count < found.Trials ? $"; {found.Lines.Count} of {found.Trials} trials" : "")}. --csv FILE and '--output json' have the lines.");
    }

    /// <summary>The best tenth by the first objective, at least one, the best first.</summary>
    private static List<ParallelLine> Best(ParallelCoordinates found)
    {
        var objective = found.Axes.ToList().FindIndex(axis => axis.Kind == AxisKind.Objective);
        var sign = found.Axes[objective].Direction == ObjectiveDirection.Maximize ? -1 : 1;
        var known = found.Lines.Where(line => line.Positions[objective] is not null).OrderBy(line => sign * line.Positions[objective]!.Value).ThenBy(line => line.Number).ToList();
        return [.. known.Take((known.Count + 9) / 10)];
    }

    /// <summary>How many lines cross each part of an axis; each choice has a part of its own as long as there is room.</summary>
    private static string Spread(IReadOnlyList<ParallelLine> lines, int axis, ParallelAxis shown)
    {
        var cells = shown.Choices is { } choices ? Math.Min(choices.Count, Cells) : Cells;
        var counts = new double[cells];
        foreach (var line in lines)
        {
            if (line.Positions[axis] is { } position)
                counts[(int)Math.Clamp(shown.Choices is null ? position * cells : Math.Round(position * (cells - 1)), 0, cells - 1)]++;
        }

        var most = counts.Max();
        return most == 0 ? "" : Sparkline.Of(counts.Select(count => count == 0 ? double.NaN : count), 0, most).Replace(' ', '·');
    }

    private static string? End(ParallelAxis axis, bool first) =>
        axis.Choices is { } choices ? choices[first ? 0 : ^1].ToString() : (first ? axis.Low : axis.High) is { } end ? Words.Number(end) : null;
}
