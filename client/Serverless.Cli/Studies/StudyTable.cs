using System.Globalization;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies;

/// <summary>A study that runs, as lines of a window: how far it is, its best, what it has spent, and its trials. Pure.</summary>
/// <param name="columns">The window's width.</param>
/// <param name="unicode">Whether the terminal takes more than ASCII.</param>
internal sealed class StudyTable(int columns, bool unicode)
{
    /// <summary>The lines above the trials.</summary>
    public const int HeadLines = 4;

    /// <summary>The least room for parameters; other columns give way to it.</summary>
    private const int LeastParameters = 12;

    private readonly char mark = unicode ? '…' : '~';

    /// <summary>The lines.</summary>
    /// <param name="study">The study.</param>
    /// <param name="rows">The trials to show, in their order.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<FrameLine> Lines(Study study, IReadOnlyList<TrialRow> rows, DateTimeOffset now)
    {
        var best = study.Best.Select(trial => trial.Number).ToHashSet();
        var table = Columns(study, rows, best);
        return
        [
            new(Cut($"{study.Name}  {Words.Of(study.Status)}  {StudyText.Counts(study)}"), LineLook.Strong),
            new(Cut(study.Best.Count == 0 ? "no trial has a value yet" : $"best {StudyText.Values(study, study.Best[0])}  #{study.Best[0].Number}{(study.Best.Count > 1 ? $" and {study.Best.Count - 1} more" : "")}"), LineLook.Good),
            new(Cut(Spent(study, now))),
            new(Line(table, column => column.Header), LineLook.Faint),
            .. rows.Select((row, index) => new FrameLine(
                Line(table, column => column.Cells[index]),
                best.Contains(row.Trial.Number) ? LineLook.Good : row.Trial.Status == TrialStatus.Failed ? LineLook.Bad : row.Trial.Status == TrialStatus.Pruned ? LineLook.Faint : LineLook.Plain)),
        ];
    }

    private static string Spent(Study study, DateTimeOffset now)
    {
        var (elapsed, limits) = (StudyText.Elapsed(study, now), study.Spec.Limits);
        var time = limits.Seconds is { } seconds ? $" of {Words.Time(TimeSpan.FromSeconds(seconds))}" : "";
        var money = limits.MaxCost is { } most ? $" of {Words.Money(most, study.Currency)}" : "";
        var left = Left(study, elapsed) is { } rest ? $", about {Words.Time(rest)} left" : "";
        return $"{Words.Time(elapsed)}{time}, {Words.Money(study.Cost, study.Currency)}{money}, {study.Spec.Limits.Parallelism} at once{left}";
    }

    /// <summary>What is left when trials go on ending as often as so far; null while that is not known.</summary>
    private static TimeSpan? Left(Study study, TimeSpan elapsed)
    {
        var ended = study.Trials.Complete + study.Trials.Pruned + study.Trials.Failed;
        if (study.Status != StudyStatus.Running || ended == 0 || study.Spec.Limits.Trials <= ended)
            return null;
        var rest = elapsed / ended * (study.Spec.Limits.Trials - ended);
        var limit = study.Spec.Limits.Seconds is { } seconds ? TimeSpan.FromSeconds(Math.Max(0, seconds - elapsed.TotalSeconds)) : TimeSpan.MaxValue;
        return rest < limit ? rest : limit;
    }

    private List<Column> Columns(Study study, IReadOnlyList<TrialRow> rows, HashSet<int> best)
    {
        List<Column> all =
        [
            new("", [.. rows.Select(row => best.Contains(row.Trial.Number) ? "*" : "")], 1, false, 0),
            Make("#", row => row.Trial.Number.ToString(CultureInfo.InvariantCulture), 7, true, 0),
            Make("STATUS", row => Words.Of(row.Trial.Status), 8, false, 0),
            Make("STEP", row => row.Step?.ToString(CultureInfo.InvariantCulture) ?? "", 9, true, 2),
            Make(study.Spec.Objectives[0].Metric, Value, 14, true, 0),
            Make("TIME", row => row.Time is { } time ? Words.Time(time) : "", 11, true, 3),
            Make("COST", row => row.Cost is > 0 ? Words.Money(row.Cost.Value, study.Currency) : "", 14, true, 4),
        ];
        all.RemoveAll(column => column.GivesWay > 0 && column.Cells.All(cell => cell.Length == 0));
        while (Rest(all) < LeastParameters && all.Where(column => column.GivesWay > 0).MaxBy(column => column.GivesWay) is { } least)
            all.Remove(least);
        if (Rest(all) >= 4)
            all.Add(new Column("PARAMETERS", [.. rows.Select(row => SafeText.Line(Parameters(row.Trial)))], Rest(all), false, 0));
        return all;

        Column Make(string header, Func<TrialRow, string> cell, int most, bool right, int givesWay)
        {
            string[] cells = [.. rows.Select(row => SafeText.Line(cell(row)))];
            var safe = SafeText.Line(header);
            return new Column(safe, cells, Math.Min(most, cells.Append(safe).Max(TextCells.Width)), right, givesWay);
        }

        static string Value(TrialRow row) => row.Trial.Values.Count > 1
            ? string.Join(' ', row.Trial.Values.Select(value => Words.Number(value, 4)))
            : row.Value is { } value ? Words.Number(value) : "";
    }

    /// <summary>Four digits are enough to tell trials apart; <c>study best</c> has all.</summary>
    private static string Parameters(StudyTrial trial) => string.Join(' ', trial.Parameters.Select(pair =>
        $"{pair.Key}={(pair.Value.Number is { } number && number != Math.Floor(number) ? Words.Number(number, 4) : pair.Value.ToString())}"));

    private int Rest(List<Column> all) => columns - 1 - all.Sum(column => column.Width + 1);

    private string Line(List<Column> all, Func<Column, string> cell) =>
        Cut(string.Join(' ', all.Select(column => TextCells.Fit(cell(column), column.Width, mark, column.Right))).TrimEnd());

    /// <summary>One cell less than the window has: a full line makes some terminals begin the next one.</summary>
    private string Cut(string text) => TextCells.Cut(SafeText.Line(text), columns - 1, mark);

    /// <param name="Header">Its name.</param>
    /// <param name="Cells">Its cells.</param>
    /// <param name="Width">Its width.</param>
    /// <param name="Right">Whether it stands at the right.</param>
    /// <param name="GivesWay">The greater, the earlier it gives way; 0: it never does.</param>
    private sealed record Column(string Header, IReadOnlyList<string> Cells, int Width, bool Right, int GivesWay);
}
