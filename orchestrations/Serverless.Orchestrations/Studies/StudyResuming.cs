using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Core.Studies.Validation;
using Serverless.Orchestrations.Studies.Searches;
using TrialStatus = Serverless.Tuning.Trials.TrialStatus;

namespace Serverless.Orchestrations.Studies;

/// <summary>
/// Lets a study that has ended go on with all its trials. Those that its end broke off run again from their beginning, under their numbers; at parallelism 1 it then has the trials of a
/// study that was never stopped. The record, written once, is the decision; the sweep starts the workflow when the host goes down behind it.
/// </summary>
public sealed class StudyResuming
{
    /// <summary>How often it begins anew when others change the study's record meanwhile.</summary>
    private const int Tries = 20;

    private readonly StudySet studies;
    private readonly JobSet jobs;
    private readonly SearchArchive archive;
    private readonly StudySubmission submission;
    private readonly TimeProvider clock;

    internal StudyResuming(StudySet studies, JobSet jobs, SearchArchive archive, StudySubmission submission, TimeProvider clock) =>
        (this.studies, this.jobs, this.archive, this.submission, this.clock) = (studies, jobs, archive, submission, clock);

    /// <summary>Resumes a study.</summary>
    /// <param name="id">The study.</param>
    /// <param name="resume">New limits.</param>
    /// <param name="idempotencyKey">The same key resumes once, however often it is sent; null: each time.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="ServerlessException"><c>not_found</c>; <c>invalid_input</c> with all errors; <c>conflict</c> when it has not ended, or a limit that it reached is not raised.</exception>
    public async Task<StudyRecord> ResumeAsync(string id, StudyResume resume, string? idempotencyKey, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await studies.ReadAsync(id, cancel) is not (var study, var eTag))
                throw Fail.NotFound("study", id, "List the studies to find its id.");
            if (idempotencyKey is not null && study.ResumeKey == idempotencyKey)
            {
                await submission.StartAsync(study, cancel);
                return study;
            }

            if (!study.Ended)
                throw Fail.Conflict($"The study '{id}' is {study.Status.ToString().ToLowerInvariant()}: only one that has ended is resumed.", $"Change its limits while it runs: 'serverless study resize {id}'.");
            var next = await ReopenedAsync(study, StudyLife.Resume(study, Limits(study.Spec.Limits, resume), idempotencyKey, clock.GetUtcNow()), cancel);
            if (!await studies.ReplaceAsync(next, eTag, cancel))
                continue;
            if (next.Search is { } place)
                await archive.DropAsync(study.Search, place, cancel);
            await submission.StartAsync(next, cancel);
            return next;
        }

        throw Fail.Conflict($"The study '{id}' was changed by others {Tries} times while it was being resumed.", "Try again.", retryable: true);
    }

    private async Task<StudyRecord> ReopenedAsync(StudyRecord study, StudyRecord next, CancellationToken cancel)
    {
        if (study.Search is not { } place)
            return next with { Running = [], Trials = new(0, 0, 0, 0, 0) }; // it ended before its first look
        var state = await archive.ReadAsync(place, cancel);
        var (kept, settled) = await LeftAsync(study, cancel);
        var again = state.Trials.Where(trial => trial.Cut || (trial.Status == TrialStatus.Running && !kept.ContainsKey(trial.Number))).Select(trial => trial.Number).ToList();
        state = state.Reopen(again, SearchPlan.Limits(next.Spec.Limits));
        var plan = SearchPlan.Of(next.Spec);
        var search = Tuning.Studies.Study.Restore(state, plan.Sampler, plan.Pruner);
        if (ReachedLimits.Words(study, next.Spec.Limits, search, clock.GetUtcNow()) is { Count: > 0 } reached)
            throw NothingLeft(study.Id, reached);
        return next with
        {
            Search = await archive.WriteAnewAsync(study.Id, place, state, cancel),
            Settled = study.Settled + settled,
            Trials = SearchViews.Count(new(0, 0, 0, 0, 0), search.History, 0),
            Running =
            [
                .. kept.Values.Concat(again.Select(number => TrialRuns.Of(study.Id, search.History, search.History.Trials[number]))).OrderBy(run => run.Number),
            ],
        };
    }

    /// <summary>The trials that it had when it ended and whose jobs came to an end of their own, and what the others have cost.</summary>
    private async Task<(Dictionary<int, TrialRun> Kept, decimal Settled)> LeftAsync(StudyRecord study, CancellationToken cancel)
    {
        var kept = new Dictionary<int, TrialRun>();
        var settled = 0m;
        foreach (var run in study.Running)
        {
            var job = await jobs.FindAsync(run.JobId, cancel);
            if (job is { Ended: true } && (job.Status != JobStatus.Stopped || run.Pruned))
                kept[run.Number] = run with { StopAsked = run.Pruned };
            else if (job is not null)
                settled += JobCosts.Of(job, clock.GetUtcNow())?.Amount ?? 0;
        }

        return (kept, settled);
    }

    private static ServerlessException NothingLeft(string id, IReadOnlyList<(string Words, string? Cure)> reached) => Fail.Conflict(
        $"The study '{id}' has nothing left to do: {string.Join("; ", reached.Select(limit => limit.Words))}.",
        reached.Any(limit => limit.Cure is null)
            ? "Submit a study with a wider space, and this one in 'warmStart'."
            : $"Give it more: 'serverless study resume {id} {string.Join(' ', reached.Select(limit => limit.Cure))}'.");

    private static StudyLimitSpec Limits(StudyLimitSpec now, StudyResume resume)
    {
        var limits = now with
        {
            Trials = resume.Trials ?? now.Trials,
            Parallelism = resume.Parallelism ?? now.Parallelism,
            Failures = resume.Failures ?? now.Failures,
            Seconds = resume.Seconds ?? now.Seconds,
            MaxCost = resume.MaxCost ?? now.MaxCost,
            Target = resume.Target ?? now.Target,
        };
        return StudyValidation.Check(limits) is { Count: > 0 } errors ? throw Fail.Invalid(errors) : limits;
    }
}
