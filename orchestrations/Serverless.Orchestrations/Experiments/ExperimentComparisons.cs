using Serverless.Contracts.Experiments;
using Serverless.Contracts.Problems;
using Serverless.Core.Experiments.Comparisons;
using Serverless.Core.Experiments.Runs;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Names;
using Serverless.Core.Studies;

namespace Serverless.Orchestrations.Experiments;

/// <summary>Finds the runs that are to be compared, and lays them side by side.</summary>
public sealed class ExperimentComparisons(JobSet jobs, StudySet studies, StudyRuns studyRuns, BestTrials best, RunFiles files, TimeProvider clock)
{
    /// <summary>How many records are read at once.</summary>
    private const int AtOnce = 16;

    /// <summary>How many records a page has.</summary>
    private const int PageSize = 500;

    /// <summary>Compares runs of an experiment.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all that is wrong: bounds, jobs and studies that are not in the experiment; as <see cref="ComparisonTable.Of"/> throws.</exception>
    public async Task<ExperimentComparison> CompareAsync(string experiment, ComparisonRequest request, CancellationToken cancel)
    {
        if (request.Check() is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
        var notes = new List<string>();
        var members = request.Jobs.Count + request.Studies.Count > 0
            ? await NamedAsync(experiment, request, cancel)
            : await NewestAsync(experiment, request, notes, cancel);
        if (request.Files && members.Count > ComparisonLimits.Runs)
            throw Fail.Invalid("files", $"The files of {members.Count} runs would have to be counted; the limit is {ComparisonLimits.Runs}.", "Name jobs or studies, or leave the order out.");
        return ComparisonTable.Of(experiment, request.Files ? await files.CountAsync(members, cancel) : members, request, notes);
    }

    private async Task<IReadOnlyList<ComparedMember>> NamedAsync(string experiment, ComparisonRequest request, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        var found = new List<JobRecord>();
        foreach (var id in request.Jobs.Distinct(StringComparer.Ordinal))
        {
            if (await jobs.FindAsync(id, cancel) is not { } job)
                errors.Add(new FieldError("job", $"There is no job {Shown.Quote(id)}.", "'experiment show' lists the experiment's jobs; '--trials' the trials too."));
            else if (job.Spec.Experiment != experiment)
                errors.Add(new FieldError("job", $"The job '{id}' is not in the experiment '{experiment}'{(job.Spec.Experiment is { } other ? $" but in '{other}'" : " nor in any other")}.", "Name jobs of one experiment; a job belongs to the experiment that it was submitted with."));
            else
                found.Add(job);
        }

        foreach (var name in request.Studies.Distinct(StringComparer.Ordinal))
        {
            if (await StudyAsync(experiment, name, errors, cancel) is { } study)
                found.AddRange(await best.OfAsync(study, request.Top, cancel));
        }

        found = [.. found.DistinctBy(job => job.Id)];
        if (found.Count > ComparisonLimits.Runs)
            errors.Add(new FieldError("", $"{found.Count} runs are to be compared; the limit is {ComparisonLimits.Runs}.", "Name fewer jobs, or fewer trials of each study."));
        return errors.Count == 0 ? await MembersAsync(found, [], cancel) : throw Fail.Invalid(errors);
    }

    /// <summary>The study that an id or a name in the experiment means.</summary>
    private async Task<StudyRecord?> StudyAsync(string experiment, string name, List<FieldError> errors, CancellationToken cancel)
    {
        if (await studies.FindAsync(name, cancel) is { } byId && byId.Spec.Experiment == experiment)
            return byId;
        var (similar, _) = await studies.QueryAsync(new Dictionary<string, string> { [StudySet.Experiment] = experiment }, name, PageSize, null, cancel);
        var named = similar.Where(study => study.Name == name).ToList();
        if (named.Count == 1)
            return named[0];
        errors.Add(named.Count == 0
            ? new FieldError("study", $"The experiment '{experiment}' has no study {Shown.Quote(name)}.", "Give the id or the name of one that 'experiment show' lists.")
            : new FieldError("study", $"{named.Count} studies of the experiment '{experiment}' have the name {Shown.Quote(name)}.", $"Give an id: {string.Join(", ", named.Take(5).Select(study => study.Id))}{(named.Count > 5 ? ", …" : "")}."));
        return null;
    }

    /// <summary>The newest runs; when they are to be sorted, as many as may be looked at, of which the first are shown.</summary>
    private async Task<IReadOnlyList<ComparedMember>> NewestAsync(string experiment, ComparisonRequest request, List<string> notes, CancellationToken cancel)
    {
        var most = request.Sort is null ? request.Limit : ComparisonLimits.Looked;
        var (ofStudies, moreStudies) = await ReadAsync((limit, after) => studies.QueryAsync(new Dictionary<string, string> { [StudySet.Experiment] = experiment }, null, limit, after, cancel), most);
        var (ofJobs, moreJobs) = await ReadAsync((limit, after) => jobs.QueryAsync(new Dictionary<string, string> { [JobSet.Experiment] = experiment }, null, limit, after, cancel), most);
        var (ofTrials, moreTrials) = request.Trials
            ? await ReadAsync((limit, after) => jobs.QueryAsync(new Dictionary<string, string> { [JobSet.TrialExperiment] = experiment }, null, limit, after, cancel), most)
            : ([], false);
        var all = await MembersAsync([.. ofJobs, .. ofTrials], ofStudies, cancel);
        var newest = all.OrderByDescending(member => member.Run.CreatedAt).Take(most).ToList();
        if (moreStudies || moreJobs || moreTrials || newest.Count < all.Count)
            notes.Add(request.Sort is null ? $"These are its newest {newest.Count} runs; there are older ones." : $"Of its runs the newest {newest.Count} were looked at; there are older ones.");
        return newest;
    }

    private async Task<IReadOnlyList<ComparedMember>> MembersAsync(IReadOnlyList<JobRecord> found, IReadOnlyList<StudyRecord> ofStudies, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var known = ofStudies.ToDictionary(study => study.Id, StringComparer.Ordinal);
        foreach (var some in found.Select(job => job.Trial?.StudyId).OfType<string>().Distinct(StringComparer.Ordinal).Where(id => !known.ContainsKey(id)).Chunk(AtOnce))
        {
            foreach (var study in await Task.WhenAll(some.Select(id => studies.FindAsync(id, cancel))))
            {
                if (study is not null)
                    known[study.Id] = study;
            }
        }

        return
        [
            .. ofStudies.Zip(await studyRuns.ViewAsync(ofStudies, cancel), (study, run) => new ComparedMember(run, ComparedGoals.Of(study))),
            .. found.Select(job => new ComparedMember(
                RunViews.View(job, now),
                job.Trial is { } trial && known.TryGetValue(trial.StudyId, out var study) ? ComparedGoals.Of(study) : ComparedGoals.Of(job.Spec))),
        ];
    }

    private static async Task<(List<T> Records, bool More)> ReadAsync<T>(Func<int, string?, Task<(IReadOnlyList<T> Records, string? Next)>> page, int most)
    {
        var all = new List<T>();
        string? next = null;
        do
        {
            (var records, next) = await page(Math.Min(PageSize, most - all.Count), next);
            all.AddRange(records);
        }
        while (next is not null && all.Count < most);
        return (all, next is not null);
    }
}
