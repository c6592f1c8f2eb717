using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Orchestrations.Studies.Trials;
using Serverless.Tuning.Studies;
using Search = Serverless.Tuning.Studies.Study;

namespace Serverless.Orchestrations.Studies;

/// <summary>
/// Looks at a study: tells the search what its trials' jobs did, writes what the search made of it, and only then starts and stops jobs. What is written is the decision; what follows
/// from it is done again by whoever looks next. So a crash anywhere neither loses nor doubles a trial.
/// </summary>
internal sealed class StudyLook(StudySet studies, JobSet jobs, SearchShelf shelf, SearchArchive archive, WarmStart warm, TrialReports reports, TrialJobs trials, JobStopping stopping, StudyOptions options, TimeProvider clock)
{
    /// <summary>How often a look begins anew when others change the study's record meanwhile (a stop, new limits).</summary>
    private const int Tries = 20;

    /// <summary>Looks once. Any number of times.</summary>
    public async Task<StudySeen> SeeAsync(string id, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await studies.ReadAsync(id, cancel) is not (var study, var eTag) || study.Ended)
                return new StudySeen(StudyPhase.Over, TimeSpan.Zero);
            if (study.Status == StudyStatus.Finishing)
                return new StudySeen(StudyPhase.Publish, TimeSpan.Zero);
            if (await DecideAsync(study, eTag, cancel) is { } decided)
                return decided;
        }

        throw Fail.Conflict($"The study '{id}' was changed by others {Tries} times while it was being looked at.", "Try again.", retryable: true);
    }

    /// <summary>Decides, writes and follows; null when another wrote first.</summary>
    private async Task<StudySeen?> DecideAsync(StudyRecord study, string eTag, CancellationToken cancel)
    {
        var plan = SearchPlan.Of(study.Spec);
        var search = await shelf.TakeAsync(study, plan, cancel);
        var facts = await GatherAsync(study, search, cancel);
        var earlier = study.Search is null ? await warm.ReadAsync(study.Spec, search.History, cancel) : [];
        var turn = new StudyTurn(study, search, facts, earlier, clock.GetUtcNow());
        var next = turn.Take();
        if (turn.HasNews)
            next = next with { Search = await archive.WriteAsync(study.Id, study.Search, turn.Changes(), search.Snapshot, cancel) };
        if (!ReferenceEquals(next, study) && !await studies.ReplaceAsync(next, eTag, cancel))
            return null;
        shelf.Keep(next, search);
        if (next.Search is { } place)
            await archive.DropAsync(study.Search, place, cancel);
        return await FollowAsync(next, facts.ToDictionary(fact => fact.Run.Number, fact => fact.Job), cancel);
    }

    private async Task<IReadOnlyList<TrialFact>> GatherAsync(StudyRecord study, Search search, CancellationToken cancel)
    {
        var facts = new List<TrialFact>();
        foreach (var run in study.Running)
        {
            var events = new List<StudyEvent>();
            var job = await jobs.FindAsync(run.JobId, cancel);
            var read = run;
            if (job is not null && (study.Spec.Pruner.Name != "none" || job.Ended))
                read = await reports.ReadAsync(run, job, search.History.Objectives, events, cancel);
            facts.Add(new TrialFact(read, job, events));
        }

        return facts;
    }

    /// <summary>Starts the trials that have no job yet, and stops those that are to stop.</summary>
    private async Task<StudySeen> FollowAsync(StudyRecord study, Dictionary<int, JobRecord?> known, CancellationToken cancel)
    {
        if (study.Status == StudyStatus.Finishing)
            return new StudySeen(StudyPhase.Publish, TimeSpan.Zero);
        foreach (var run in study.Running)
        {
            var job = known.GetValueOrDefault(run.Number);
            if (job is null && !run.StopAsked)
                await trials.SubmitAsync(study, run, cancel);
            else if (run.StopAsked && job is not { StopRequested: true })
                await StopAsync(study, run, cancel);
        }

        return new StudySeen(StudyPhase.Wait, StudyPatience.Of(study, [.. study.Running.Select(run => known.GetValueOrDefault(run.Number)).OfType<JobRecord>()], options, clock.GetUtcNow()));
    }

    /// <summary>Stops a trial's job; one that was to be started and stopped in the same moment is recorded first, so that its end is heard.</summary>
    private async Task StopAsync(StudyRecord study, TrialRun run, CancellationToken cancel)
    {
        if (await jobs.FindAsync(run.JobId, cancel) is null)
            await trials.SubmitAsync(study, run, cancel);
        await stopping.StopAsync(run.JobId, cancel, run.Pruned ? JobReason.Pruned : JobReason.StopRequested);
    }
}
