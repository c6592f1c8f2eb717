using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies.Findings;

/// <summary><c>study history</c>.</summary>
internal static class HistoryCommand
{
    private const int WidestPlot = 100;

    public static Command Make(CommandBuilder build)
    {
        var id = FindingOptions.Id();
        var objective = FindingOptions.Objective();
        var all = CommandBuilder.Switch("--all", "Every trial that has ended, not only those that improved on all before.");
        return build.Make("history", "How the best became better: a drawing, and the trials in the order in which they ended.", [id, objective, all], async run =>
        {
            var history = await run.Client.Studies.WholeHistoryAsync(run.Get(id), run.Cancel);
            var chosen = ObjectiveName.Find(history.Objectives, run.Get(objective));
            if (run.Output.IsJson)
                run.Output.Json(history, ContractsJson.Default.StudyHistory);
            else
                Write(run.Output, history, chosen, run.Get(all));
            return ExitCode.Ok;
        });
    }

    private static void Write(Output output, StudyHistory history, int objective, bool all)
    {
        if (history.Items.Count == 0)
        {
            output.Talk("No trial of the study has ended yet.");
            return;
        }

        Draw(output, history, objective);
        var several = history.Objectives.Count > 1;
        var table = several
            ? new TextTable("ENDED>", "TRIAL>", "STATUS", "VALUES*", "FRONT", "VOLUME>", "AFTER>", "COST>")
            : new TextTable("ENDED>", "TRIAL>", "STATUS", "VALUE>", "BEST>", "AFTER>", "RAN>", "COST>");
        var shown = history.Items.Where(trial => all || (several ? trial.OnFront : trial.Improved)).ToList();
        foreach (var trial in shown)
        {
            var (order, number) = (Words.Count(trial.Order), trial.Number.ToString(CultureInfo.InvariantCulture));
            var (after, cost) = (trial.Seconds is { } seconds ? Words.Time(TimeSpan.FromSeconds(Math.Max(0, seconds))) : null, Words.Money(trial.CostSoFar, history.Currency));
            if (several)
                table.Row(order, number, Words.Of(trial.Status), string.Join(", ", trial.Values.Select(value => Words.Number(value))), trial.OnFront ? "yes" : null, trial.Hypervolume is { } volume ? Words.Number(volume) : null, after, cost);
            else
                table.Row(order, number, Words.Of(trial.Status), Number(trial.Values, 0), Number(trial.Best, 0), after, trial.RanSeconds is { } ran ? Words.Time(TimeSpan.FromSeconds(Math.Max(0, ran))) : null, cost);
        }

        output.Table(table);
        if (!all)
            output.Hint($"These are the {shown.Count} of {Words.Count(history.Trials)} ended trials that {(several ? "no other beats" : "improved on all before")}; --all shows every one.");
    }

    private static void Draw(Output output, StudyHistory history, int objective)
    {
        var spec = history.Objectives[objective];
        double[] values = [.. history.Items.Select(trial => trial.Values.Count > 0 ? trial.Values[objective] : double.NaN)];
        double[] best = [.. history.Items.Select(trial => trial.Best.Count > 0 ? trial.Best[objective] : double.NaN)];
        double[] finite = [.. values.Where(double.IsFinite).Order()];
        if (finite.Length == 0)
            return;

        // A few values far on the bad side would flatten all that matters: the drawing ends where nine tenths of the trials do, and what lies beyond stands at its edge.
        var isMinimized = spec.Direction == ObjectiveDirection.Minimize;
        double[] reached = [.. best.Where(double.IsFinite)];
        var edge = isMinimized ? finite[(finite.Length - 1) * 9 / 10] : finite[(finite.Length - 1) - (finite.Length - 1) * 9 / 10];
        var (low, high) = isMinimized ? (finite[0], Math.Max(edge, reached.Max())) : (Math.Min(edge, reached.Min()), finite[^1]);
        output.Line($"{SafeText.Line(spec.Metric)}, {Words.Of(spec.Direction)}: best {Words.Number(isMinimized ? finite[0] : finite[^1])} of {Words.Count(history.Trials)} ended trials  (█ best so far, · trial)");
        foreach (var row in Plot.Of(values, best, low, high, Math.Min(output.Width, WidestPlot)))
            output.Line(row);
        output.Line("");
    }

    private static string? Number(IReadOnlyList<double> values, int index) => values.Count > index ? Words.Number(values[index]) : null;
}
