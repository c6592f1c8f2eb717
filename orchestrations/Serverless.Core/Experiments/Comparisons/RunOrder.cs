using Serverless.Contracts.Experiments;
using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>Puts runs in order by a metric, a parameter or a fact. A run that has nothing there, or no number where others have one, comes last either way; equal ones stay as they were.</summary>
internal static class RunOrder
{
    /// <summary>The members in order.</summary>
    /// <param name="members">The members.</param>
    /// <param name="sort">By what: a metric (as <see cref="MetricChoice"/> reads it), else a parameter, else a fact; <c>:asc</c> or <c>:desc</c> behind it. Without: the best first where it is known which is, else the smallest.</param>
    /// <param name="goals">Which values of metrics are good.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> when no run has such a thing.</exception>
    public static IReadOnlyList<ComparedMember> Sort(IReadOnlyList<ComparedMember> members, string? sort, IReadOnlyDictionary<string, ObjectiveDirection> goals)
    {
        if (sort is null || members.Count == 0)
            return members;
        var (name, descending) = Split(sort);
        var (of, goal) = Key(members, name, goals) ?? throw Missing(members, name);
        var keyed = members.Select(member => (Member: member, Cell: of(member.Run))).ToList();
        var numbers = keyed.Any(pair => ColumnValues.Number(pair.Cell) is { } number && !double.IsNaN(number));
        var isDown = descending ?? (goal == ObjectiveDirection.Maximize);
        var parts = keyed.ToLookup(pair => numbers ? ColumnValues.Number(pair.Cell) is not { } number || double.IsNaN(number) : pair.Cell is null);
        var (rest, last) = (parts[false], parts[true]);
        var sorted = (numbers, isDown) switch
        {
            (true, false) => rest.OrderBy(pair => ColumnValues.Number(pair.Cell)),
            (true, true) => rest.OrderByDescending(pair => ColumnValues.Number(pair.Cell)),
            (false, false) => rest.OrderBy(pair => pair.Cell, StringComparer.Ordinal),
            (false, true) => rest.OrderByDescending(pair => pair.Cell, StringComparer.Ordinal),
        };
        return [.. sorted.Concat(last).Select(pair => pair.Member)];
    }

    /// <summary>Whether an order is by the column of this name.</summary>
    public static bool Names(string? sort, string column) => sort is not null && Split(sort).Name == column;

    private static (string Name, bool? Descending) Split(string sort) =>
        sort.EndsWith(":desc", StringComparison.Ordinal) ? (sort[..^5], true) : sort.EndsWith(":asc", StringComparison.Ordinal) ? (sort[..^4], false) : (sort, null);

    private static (Func<ExperimentRun, string?> Of, ObjectiveDirection? Goal)? Key(IReadOnlyList<ComparedMember> members, string name, IReadOnlyDictionary<string, ObjectiveDirection> goals)
    {
        foreach (var choice in new[] { new MetricChoice(name, MetricPick.Last), MetricChoice.Parse(name) })
        {
            if (!members.Any(member => member.Run.Metrics.ContainsKey(choice.Metric)))
                continue;
            ObjectiveDirection? goal = goals.TryGetValue(choice.Metric, out var known) ? known : null;
            return (run => ColumnValues.Number(choice.Of(run, goal)), goal);
        }

        if (members.Any(member => member.Run.Parameters.ContainsKey(name)))
            return (run => run.Parameters.TryGetValue(name, out var values) ? string.Join(", ", values) : null, null);
        if (name == "cost")
            return (run => run.Cost?.ToString(System.Globalization.CultureInfo.InvariantCulture), null);
        foreach (var (fact, of) in RunFacts.Facts.Concat(RunFacts.Outputs))
        {
            if (fact == name)
                return (of, null);
        }

        return null;
    }

    private static ServerlessException Missing(IReadOnlyList<ComparedMember> members, string name)
    {
        var there = members.SelectMany(member => member.Run.Metrics.Keys.Concat(member.Run.Parameters.Keys)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return Fail.Invalid("sort", $"{KnownNames.None(members.Count)} a metric, a parameter or a fact {Shown.Quote(name)}.",
            $"{KnownNames.Say("They have", there)} Facts are {string.Join(", ", RunFacts.Facts.Select(fact => fact.Name))}.");
    }
}
