using Serverless.Contracts.Experiments;
using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>Lays runs side by side. Pure: the same members and the same request give the same table.</summary>
public static class ComparisonTable
{
    /// <summary>The table.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="members">The runs, in their order.</param>
    /// <param name="request">In what they are compared.</param>
    /// <param name="notes">What else is to be known.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> for a metric or an order that no run has, a best value of a metric without a direction, and too many columns.</exception>
    public static ExperimentComparison Of(string experiment, IReadOnlyList<ComparedMember> members, ComparisonRequest request, IReadOnlyList<string> notes)
    {
        var goals = Goals(members);
        var choices = Choices(members, request, goals);
        members = RunOrder.Sort(members, request.Sort, goals);
        if (members.Count > request.Limit)
        {
            notes = [.. notes, $"These are the first {request.Limit} of {members.Count} runs{(request.Sort is { } sort ? $" by {Shown.Quote(sort)}" : "")}."];
            members = [.. members.Take(request.Limit)];
        }

        var runs = members.Select(member => member.Run).ToList();
        var columns = All(runs, choices, goals)
            .Where(column => IsAsked(column) || (column.HasAny && (column.Differs || !request.OnlyDifferent)))
            .OrderBy(column => column.Differs ? 0 : 1)
            .ToList();
        if (columns.Count > ComparisonLimits.Columns)
        {
            throw Fail.Invalid("metric", $"The comparison has {columns.Count} columns ({choices.Count} of them metrics); the limit is {ComparisonLimits.Columns}.",
                "Name the metrics that matter, compare fewer runs, or leave out what is the same in all.");
        }

        return new ExperimentComparison
        {
            Experiment = experiment,
            Columns = [.. columns.Select(column => new ComparedColumn(column.Group, column.Name, column.Differs))],
            Runs = [.. runs.Select((run, at) => new ComparedRun(run.Kind, run.Id, run.Name, [.. columns.Select(column => column.Cells[at])]) { StudyId = run.StudyId, Trial = run.Trial })],
            Notes = InCommon(runs) is { } apart ? [.. notes, apart] : notes,
        };

        // What was named is shown, the same in all or not.
        bool IsAsked(ColumnValues column) => (column.Group == ColumnGroup.Metric && request.Metrics.Count > 0) || RunOrder.Names(request.Sort, column.Name);
    }

    private static IEnumerable<ColumnValues> All(IReadOnlyList<ExperimentRun> runs, IReadOnlyList<MetricChoice> choices, IReadOnlyDictionary<string, ObjectiveDirection> goals) =>
    [
        .. Names(runs, run => run.Parameters.Keys).Select(name => new ColumnValues(ColumnGroup.Parameter, name, [.. runs.Select(run => run.Parameters.TryGetValue(name, out var values) ? string.Join(", ", values) : null)])),
        .. choices.Select(choice => new ColumnValues(ColumnGroup.Metric, choice.Column, [.. runs.Select(run => ColumnValues.Number(choice.Of(run, Goal(goals, choice.Metric))))])),
        .. Names(runs, run => run.Inputs.Keys).Select(name => new ColumnValues(ColumnGroup.Input, name, [.. runs.Select(run => run.Inputs.GetValueOrDefault(name))])),
        .. RunFacts.Outputs.Select(fact => new ColumnValues(ColumnGroup.Output, fact.Name, [.. runs.Select(fact.Of)])),
        .. RunFacts.Facts.Select(fact => new ColumnValues(ColumnGroup.Fact, fact.Name, [.. runs.Select(fact.Of)])),
    ];

    /// <summary>The metrics that were asked for, or all.</summary>
    private static List<MetricChoice> Choices(IReadOnlyList<ComparedMember> members, ComparisonRequest request, IReadOnlyDictionary<string, ObjectiveDirection> goals)
    {
        var reported = Names([.. members.Select(member => member.Run)], run => run.Metrics.Keys).Order(StringComparer.Ordinal).ToList();
        if (request.Metrics.Count == 0)
            return [.. reported.Select(name => new MetricChoice(name, MetricPick.Last))];
        var choices = request.Metrics.Select(text => reported.Contains(text) ? new MetricChoice(text, MetricPick.Last) : MetricChoice.Parse(text)).Distinct().ToList();
        foreach (var choice in choices)
        {
            if (members.Count > 0 && !reported.Contains(choice.Metric))
                throw Fail.Invalid("metric", $"{KnownNames.None(members.Count)} the metric {Shown.Quote(choice.Metric)}.", KnownNames.Say("They have", reported));
            if (choice.Pick == MetricPick.Best && Goal(goals, choice.Metric) is null)
                throw Fail.Invalid("metric", $"Which values of {Shown.Quote(choice.Metric)} are good is not known: it is no objective of a study and no condition of a gate here.", $"Write '{choice.Metric}:min' or '{choice.Metric}:max'.");
        }

        return choices;
    }

    /// <summary>Which values of a metric are good, where all that say so agree.</summary>
    private static Dictionary<string, ObjectiveDirection> Goals(IReadOnlyList<ComparedMember> members) => members
        .SelectMany(member => member.Goals)
        .GroupBy(goal => goal.Key, goal => goal.Value, StringComparer.Ordinal)
        .Where(goal => goal.Distinct().Count() == 1)
        .ToDictionary(goal => goal.Key, goal => goal.First(), StringComparer.Ordinal);

    private static ObjectiveDirection? Goal(IReadOnlyDictionary<string, ObjectiveDirection> goals, string metric) => goals.TryGetValue(metric, out var goal) ? goal : null;

    /// <summary>Names in the order in which the runs first have them.</summary>
    private static IEnumerable<string> Names(IReadOnlyList<ExperimentRun> runs, Func<ExperimentRun, IEnumerable<string>> of) => runs.SelectMany(of).Distinct(StringComparer.Ordinal);

    private static string? InCommon(IReadOnlyList<ExperimentRun> runs)
    {
        var reporting = runs.Where(run => run.Metrics.Count > 0).ToList();
        if (reporting.Count < 2)
            return null;
        var common = reporting.Skip(1).Aggregate(reporting[0].Metrics.Keys.ToHashSet(StringComparer.Ordinal), (left, run) => { left.IntersectWith(run.Metrics.Keys); return left; });
        return common.Count > 0 ? null : "These runs have no metric in common.";
    }
}
