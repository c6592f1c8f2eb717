using Serverless.Contracts.Studies;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Core.Studies.Validation;
using Serverless.Orchestrations.Studies;

namespace Serverless.Orchestrations.Experiments;

/// <summary>The jobs of a study's best trials.</summary>
public sealed class BestTrials(StudyTrials trials, JobSet jobs)
{
    /// <summary>How many records are read at once.</summary>
    private const int AtOnce = 16;

    /// <summary>The best trials that have values, best first; with several objectives first those that none beats, then by the first objective. Trials of earlier studies are not among them: they have no job here.</summary>
    public async Task<IReadOnlyList<JobRecord>> OfAsync(StudyRecord study, int top, CancellationToken cancel)
    {
        var down = study.Spec.Objectives[0].Direction == ObjectiveDirection.Maximize ? -1 : 1;
        var front = study.Best.Select(trial => trial.Number).ToHashSet();
        var ids = (await trials.ReadAsync(study, 0, StudyBounds.Trials, cancel))
            .Where(trial => trial is { Status: TrialStatus.Complete, JobId: not null } && trial.Values.Count > 0)
            .OrderBy(trial => front.Contains(trial.Number) ? 0 : 1)
            .ThenBy(trial => down * trial.Values[0])
            .ThenBy(trial => trial.Number)
            .Take(top)
            .Select(trial => trial.JobId!);
        var found = new List<JobRecord>(top);
        foreach (var some in ids.Chunk(AtOnce))
            found.AddRange((await Task.WhenAll(some.Select(id => jobs.FindAsync(id, cancel)))).OfType<JobRecord>());
        return found;
    }
}
