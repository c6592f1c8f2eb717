using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Studies;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>Brings the complete trials of earlier studies into a study's space: those whose parameters have the same names and values that this space allows, and which have a value of each objective.</summary>
internal sealed class WarmStart(StudySet studies, SearchArchive archive)
{
    /// <summary>Reads them, in the order of the studies and of their trials.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c> when a study is not there.</exception>
    public async Task<IReadOnlyList<TrialRecord>> ReadAsync(StudySpec spec, TrialHistory history, CancellationToken cancel)
    {
        var all = new List<TrialRecord>();
        foreach (var id in spec.WarmStart)
        {
            var earlier = await studies.FindAsync(id, cancel) ?? throw Fail.NotFound("study", id, "List the studies to find its id.");
            if (earlier.Search is { } place)
                all.AddRange(Bring(await archive.ReadAsync(place, cancel), history, all.Count));
        }

        return all;
    }

    private static IEnumerable<TrialRecord> Bring(StudyState state, TrialHistory history, int first)
    {
        var source = SearchSpace.Of(state.Space);
        var objectives = history.Objectives.Select(objective => state.Objectives.ToList().FindIndex(other => other.Name == objective.Name && other.Direction == objective.Direction)).ToList();
        if (objectives.Contains(-1))
            yield break;
        foreach (var trial in state.Trials.Where(trial => trial.Status == Tuning.Trials.TrialStatus.Complete))
        {
            if (PointOf(source, trial, history.Space) is { } point)
                yield return new TrialRecord(first++, point, trial.Status) { Origin = TrialOrigin.Imported, Values = [.. objectives.Select(index => trial.Values[index])] };
        }
    }

    private static double[]? PointOf(SearchSpace source, TrialRecord trial, SearchSpace space)
    {
        var values = source.ValuesOf(trial.Point).Where(pair => space.Find(pair.Key) is not null).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        try
        {
            return space.PointOf(values);
        }
        catch (InvalidSpaceException)
        {
            return null; // it is outside of what this study allows
        }
    }
}
