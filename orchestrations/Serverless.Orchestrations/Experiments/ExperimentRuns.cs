using Serverless.Contracts.Experiments;
using Serverless.Core.Documents;
using Serverless.Core.Experiments.Runs;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;

namespace Serverless.Orchestrations.Experiments;

/// <summary>Lists the runs of an experiment by the index of its members: first studies, then jobs, and last, when they are asked for, trials; each newest first.</summary>
public sealed class ExperimentRuns(JobSet jobs, StudySet studies, StudyRuns studyRuns, TimeProvider clock)
{
    private const char Mark = '~';

    /// <summary>A page. It may have fewer runs than its limit and yet not be the last, where one kind ends and the next begins.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="kinds">Which kinds, in this order.</param>
    /// <param name="limit">Most runs, 1 to 1,000.</param>
    /// <param name="after">Where the last page ended; null: from the first.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<(IReadOnlyList<ExperimentRun> Runs, string? Next)> ListAsync(string experiment, IReadOnlyList<RunKind> kinds, int limit, string? after, CancellationToken cancel)
    {
        var (at, place) = Parse(kinds, after);
        var runs = new List<ExperimentRun>();
        for (; at < kinds.Count; at++, place = null)
        {
            if (runs.Count == limit)
                return (runs, $"{Word(kinds[at])}{Mark}");
            var (page, next) = await PageAsync(experiment, kinds[at], limit - runs.Count, place, cancel);
            runs.AddRange(page);
            if (next is not null)
                return (runs, $"{Word(kinds[at])}{Mark}{next}");
        }

        return (runs, null);
    }

    private async Task<(IEnumerable<ExperimentRun> Runs, string? Next)> PageAsync(string experiment, RunKind kind, int limit, string? after, CancellationToken cancel)
    {
        if (kind == RunKind.Study)
        {
            var (ofStudies, next) = await studies.QueryAsync(new Dictionary<string, string> { [StudySet.Experiment] = experiment }, null, limit, after, cancel);
            return (await studyRuns.ViewAsync(ofStudies, cancel), next);
        }

        var field = kind == RunKind.Trial ? JobSet.TrialExperiment : JobSet.Experiment;
        var (ofJobs, nextJobs) = await jobs.QueryAsync(new Dictionary<string, string> { [field] = experiment }, null, limit, after, cancel);
        var now = clock.GetUtcNow();
        return (ofJobs.Select(job => RunViews.View(job, now)), nextJobs);
    }

    private static (int At, string? Place) Parse(IReadOnlyList<RunKind> kinds, string? after)
    {
        if (after is null)
            return (0, null);
        var mark = after.IndexOf(Mark, StringComparison.Ordinal);
        for (var at = 0; mark > 0 && at < kinds.Count; at++)
        {
            if (after[..mark] == Word(kinds[at]))
                return (at, mark + 1 == after.Length ? null : after[(mark + 1)..]);
        }

        throw DocumentRules.BadAfter(after);
    }

    private static string Word(RunKind kind) => kind switch
    {
        RunKind.Study => "study",
        RunKind.Job => "job",
        RunKind.Trial => "trial",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
