using Serverless.Contracts.Studies;
using Serverless.Core.Studies.Validation;
using Serverless.Orchestrations.Studies.Trials;
using Serverless.Tuning.Trials;
using Counts = Serverless.Contracts.Studies.TrialCounts;
using Life = Serverless.Tuning.Trials.TrialStatus;
using Shown = Serverless.Contracts.Studies.TrialStatus;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>What people see of a search.</summary>
internal static class SearchViews
{
    /// <summary>A trial.</summary>
    public static StudyTrial Trial(string studyId, TrialHistory history, Trial trial) => new()
    {
        Number = trial.Number,
        Status = Status(trial.Status),
        Parameters = history.Space.ValuesOf(trial.Point).ToDictionary(pair => pair.Key, pair => SpaceReading.Value(pair.Value)),
        Values = trial.Values.ToArray(),
        LastStep = trial.Curves[0].Count > 0 ? trial.Curves[0].Steps[^1] : null,
        LastValue = trial.Curves[0].Count > 0 ? trial.Curves[0].Values[^1] : null,
        Seconds = trial.Ending?.RanSeconds,
        Cost = trial.Ending?.Cost,
        Parent = trial.Parent,
        Turn = trial.Parent is null ? null : history.TurnOf(trial),
        JobId = trial.Origin == TrialOrigin.Imported ? null : TrialJobs.IdOf(studyId, trial.Number, trial.Repeats),
    };

    /// <summary>How many trials there are, from how many there were and those that ended since.</summary>
    public static Counts Count(Counts before, TrialHistory history, int endedBefore)
    {
        var counts = before with { Running = history.Running };
        foreach (var trial in history.Ended.Skip(endedBefore))
        {
            counts = (trial.Origin, trial.Status) switch
            {
                (TrialOrigin.Imported, _) => counts with { Imported = counts.Imported + 1 },
                (_, Life.Complete) => counts with { Complete = counts.Complete + 1 },
                (_, Life.Failed) when trial.Cut => counts with { Cut = counts.Cut + 1 },
                (_, Life.Pruned) => counts with { Pruned = counts.Pruned + 1 },
                _ => counts with { Failed = counts.Failed + 1 },
            };
        }

        return counts;
    }

    /// <summary>
    /// The best trials of the study's own, from the best before and those that ended since: with several objectives those that no other is at least as good as in all and better in one,
    /// at most <see cref="StudyBounds.Best"/>.
    /// </summary>
    public static IReadOnlyList<StudyTrial> Best(string studyId, IReadOnlyList<StudyTrial> before, TrialHistory history, int endedBefore)
    {
        var fresh = history.Ended.Skip(endedBefore).Where(trial => trial.Status == Life.Complete && trial.Origin != TrialOrigin.Imported).ToList();
        if (fresh.Count == 0)
            return before;
        var rivals = before.Select(trial => history.Trials[trial.Number]).Concat(fresh).ToList();
        var best = history.Objectives.Count == 1
            ? rivals.OrderBy(trial => history.Loss(trial)).ThenBy(trial => trial.Number).Take(1)
            : rivals.Where(trial => !rivals.Exists(other => Dominates(history, other, trial))).Take(StudyBounds.Best);
        return [.. best.Select(trial => Trial(studyId, history, trial))];
    }

    private static bool Dominates(TrialHistory history, Trial other, Trial trial)
    {
        var better = false;
        for (var i = 0; i < history.Objectives.Count; i++)
        {
            if (history.Loss(other, i) > history.Loss(trial, i))
                return false;
            better |= history.Loss(other, i) < history.Loss(trial, i);
        }

        return better;
    }

    /// <summary>Where a trial stands.</summary>
    public static Shown Status(Life status) => status switch
    {
        Life.Running => Shown.Running,
        Life.Complete => Shown.Complete,
        Life.Pruned => Shown.Pruned,
        Life.Failed => Shown.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
