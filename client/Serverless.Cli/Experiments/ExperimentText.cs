using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Experiments;

/// <summary>An experiment in words.</summary>
internal static class ExperimentText
{
    /// <summary>How many metrics of a run stand in a table: all of them would hide the rest. A comparison shows those that are asked for.</summary>
    private const int KeyMetrics = 4;

    /// <summary>The argument that names one.</summary>
    public static Argument<string> Name() => CommandBuilder.Argument("NAME", "The experiment.");

    /// <summary>A count; behind the bound nobody counts.</summary>
    public static string Count(int count) => count >= 10_000 ? "10000+" : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>All of it, as data.</summary>
    public static void Write(Output output, ExperimentSummary experiment, Page<ExperimentNote> notes, Page<ExperimentRun> runs)
    {
        Facts(output, experiment, notes.Items);
        if (notes.Next is not null)
            output.Talk("There are older notes.");
        if (runs.Items.Count == 0)
        {
            output.Talk("It has no runs.");
            return;
        }

        var table = new BlockTable("#>", "RUN", "STATUS", "STARTED", "TIME>", "COST>", "NAME", "METRICS", "DATA", "MODEL", "ENDPOINT");
        for (var i = 0; i < runs.Items.Count; i++)
        {
            var run = runs.Items[i];
            table.Row(
                (i + 1).ToString(CultureInfo.InvariantCulture), run.Id, Status(run), Words.Date(run.StartedAt), Time(run), Cost(run), run.Name, Metrics(run), Data(run), run.Model, run.Endpoint);
        }

        output.Line("");
        output.Blocks(table);
        if (runs.Items.Count > 1)
            output.Hint($"'serverless experiment compare {experiment.Name}' shows them side by side.");
        if (runs.Next is not null)
            output.Talk($"These are {runs.Items.Count} of its runs; there are more: --limit N, --all.");
    }

    /// <summary>What is said of it, and how many runs it has; a text of several lines has a line for each.</summary>
    public static void Facts(Output output, ExperimentSummary experiment, IReadOnlyList<ExperimentNote>? notes = null)
    {
        var facts = new Facts();
        facts.Add("experiment", experiment.Name);
        Add("about", experiment.Description);
        foreach (var (tag, value) in experiment.Tags)
            facts.Add("tag", $"{tag} = {value}");
        facts.Add("runs", $"{Of(experiment.Jobs, "job", "jobs")}, {Of(experiment.Studies, "study", "studies")}, {Count(experiment.Running)} running");
        facts.Add("created", Words.Date(experiment.CreatedAt));
        facts.Add("last active", Words.Date(experiment.ActiveAt));
        foreach (var note in (notes ?? []).Reverse())
            Add("note", $"{Words.Date(note.At)} {note.By}: {note.Text}");
        facts.Write(output);

        void Add(string name, string? text)
        {
            foreach (var line in text?.ReplaceLineEndings("\n").Split('\n') ?? [])
                facts.Add(name, line);
        }
    }

    /// <summary>Where it stands; of a study how many trials it started.</summary>
    public static string Status(ExperimentRun run) =>
        run.Trials is { } trials ? string.Create(CultureInfo.InvariantCulture, $"{run.Status}, {trials} trials") : run.Status;

    /// <summary>How long it took.</summary>
    public static string? Time(ExperimentRun run) => run.Seconds is { } seconds ? Words.Time(TimeSpan.FromSeconds(seconds)) : null;

    /// <summary>What it cost.</summary>
    public static string? Cost(ExperimentRun run) => run.Cost is { } cost ? Words.Money(decimal.Round(cost, 6), run.Currency ?? "USD") : null;

    /// <summary>A data set with as much of its version as names it.</summary>
    public static string Data(string dataset) =>
        dataset.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && dataset.Length > at + 9 ? dataset[..(at + 9)] : dataset;

    private static string Metrics(ExperimentRun run)
    {
        var shown = run.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Take(KeyMetrics).Select(metric => $"{metric.Key}={Words.Number(metric.Value.Last, 4)}");
        var more = run.Metrics.Count > KeyMetrics ? string.Create(CultureInfo.InvariantCulture, $" +{run.Metrics.Count - KeyMetrics}") : "";
        return string.Join(' ', shown) + more;
    }

    private static string Of(int count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    private static string Data(ExperimentRun run) => string.Join(' ', run.Inputs.Select(input => $"{input.Key}={Data(input.Value)}"));
}
