using System.Globalization;
using Serverless.Contracts.Studies.Findings;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Tuning.Progress;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>A study's trials in the order in which they ended.</summary>
internal static class HistoryAnswer
{
    /// <summary>Makes a page.</summary>
    /// <param name="study">The study.</param>
    /// <param name="history">What its search knows; null: nothing yet.</param>
    /// <param name="from">How many trials to pass over.</param>
    /// <param name="limit">The most trials.</param>
    public static StudyHistory Of(StudyRecord study, TrialHistory? history, int from, int limit)
    {
        if (history is null)
            return new StudyHistory { Objectives = study.Spec.Objectives, Trials = 0, Currency = study.Currency, Items = [] };
        var progress = StudyProgress.Of(history);
        var (front, items, cost) = (progress.Front, new List<EndedTrial>(), 0m);
        foreach (var (i, point) in progress.Points.Index())
        {
            cost += point.Trial.Ending?.Cost ?? 0;
            if (i >= from && i - from < limit)
                items.Add(Of(point, i + 1, front.Contains(point.Trial.Number), cost));
        }

        return new StudyHistory
        {
            Objectives = study.Spec.Objectives,
            Trials = progress.Points.Count,
            Reference = progress.Reference is { } reference ? [.. reference.Select((loss, i) => history.Objectives[i].Loss(loss))] : null,
            Currency = study.Currency,
            Items = items,
            Next = progress.Points.Count - limit > from ? (from + limit).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private static EndedTrial Of(ProgressPoint point, int order, bool onFront, decimal costSoFar) => new()
    {
        Order = order,
        Number = point.Trial.Number,
        Status = SearchViews.Status(point.Trial.Status),
        Values = point.Trial.Values.ToArray(),
        Best = point.Best,
        Improved = point.Improved,
        OnFront = onFront,
        Hypervolume = point.Hypervolume,
        Seconds = point.Trial.Ending?.Seconds,
        RanSeconds = point.Trial.Ending?.RanSeconds,
        Cost = point.Trial.Ending?.Cost,
        CostSoFar = costSoFar,
    };
}
