using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies.Trials;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>Trials of a search as they are run.</summary>
internal static class TrialRuns
{
    /// <summary>A trial that is to be run, for the first time or again.</summary>
    public static TrialRun Of(string studyId, TrialHistory history, Trial trial) => new(trial.Number, TrialJobs.IdOf(studyId, trial.Number, trial.Repeats))
    {
        Parameters = history.Space.ValuesOf(trial.Point).ToDictionary(pair => pair.Key, pair => SpaceReading.Value(pair.Value)),
        Parent = trial.Parent,
        ParentJobId = trial.Parent is { } parent ? TrialJobs.IdOf(studyId, parent, history.Trials[parent].Repeats) : null,
        Turn = history.TurnOf(trial),
    };
}
