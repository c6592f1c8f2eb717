using Serverless.Contracts.Studies;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Orchestrations.Studies.Trials;
using Serverless.Tuning.Studies;
using Search = Serverless.Tuning.Studies.Study;

namespace Serverless.Orchestrations.Studies;

/// <summary>One turn of a study, in memory: what is known goes into the search, what the search wants goes into the record. Pure but for the search, which it moves on.</summary>
/// <param name="study">The record as it was read.</param>
/// <param name="search">Its search.</param>
/// <param name="facts">What is known of each running trial.</param>
/// <param name="earlier">Trials of earlier studies, for the first turn.</param>
/// <param name="now">The time.</param>
internal sealed class StudyTurn(StudyRecord study, Search search, IReadOnlyList<TrialFact> facts, IReadOnlyList<TrialRecord> earlier, DateTimeOffset now)
{
    private readonly int endedBefore = search.History.Ended.Count;
    private readonly SortedSet<int> touched = [];
    private readonly Dictionary<int, TrialRun> running = study.Running.ToDictionary(run => run.Number);
    private bool applied;

    /// <summary>Whether the search has anything new to be stored.</summary>
    public bool HasNews => applied || study.Search is null;

    /// <summary>What changed of the search.</summary>
    public StudyDelta Changes() => search.Changes(endedBefore, touched);

    /// <summary>Takes the turn.</summary>
    /// <returns>The record as it is to be written; the same instance when nothing changed.</returns>
    public StudyRecord Take()
    {
        if (study.Search is null)
            Begin();
        var (settled, failure) = (study.Settled, study.LastFailure);
        foreach (var fact in facts)
        {
            running[fact.Run.Number] = fact.Run;
            foreach (var report in fact.Reports)
                Apply(report);
            if (fact.Job is not { } job || TrialNews.Of(fact.Run, job, now - study.Elapsed(now), now) is not { } end)
                continue;
            Apply(end);
            running.Remove(fact.Run.Number);
            settled += JobCosts.Of(job, now)?.Amount ?? 0;
            if (end is TrialFailed && !fact.Run.StopAsked)
                failure = $"Trial {fact.Run.Number}: {job.Message ?? JobReasons.Words(job.Reason)}";
        }

        var cost = settled + facts.Where(fact => running.ContainsKey(fact.Run.Number) && fact.Job is not null).Sum(fact => JobCosts.Of(fact.Job!, now)?.Amount ?? 0);
        Limit(cost);
        // Also when it has started all its trials: that is why it starts no more then, but not why those that run may go on spending.
        if (study.StopRequested || search.Stopped is StopReason.Cost or StopReason.Requested || cost >= search.Limits.MaxCost)
            StopAll();
        else if (search.History.Running < search.Limits.Parallelism && search.Stopped == StopReason.None)
            Apply(new TrialsAsked(search.Limits.Parallelism - search.History.Running));
        return Record(settled, cost, failure);
    }

    private void Begin()
    {
        if (earlier.Count > 0)
            Apply(new TrialsImported(earlier));
        foreach (var point in study.Spec.Try)
            Apply(new PointChosen(point.ToDictionary(pair => pair.Key, pair => SpaceReading.Value(pair.Value), StringComparer.Ordinal)));
    }

    /// <summary>Says what changed of limits, money and time; time only when a limit asks for it, so that an idle look writes nothing.</summary>
    private void Limit(decimal cost)
    {
        var limits = SearchPlan.Limits(study.Spec.Limits);
        if (limits != search.Limits)
            Apply(new LimitsChanged(limits));
        if (study.StopRequested && search.Stopped != StopReason.Requested)
            Apply(new StopRequested());
        var elapsed = study.Elapsed(now);
        if (elapsed >= limits.MaxElapsed || cost >= limits.MaxCost)
        {
            if (search.Stopped is not (StopReason.Time or StopReason.Cost))
                Apply(new ResourcesSpent(elapsed, cost));
        }
    }

    private void StopAll()
    {
        foreach (var run in running.Values.Where(run => !run.StopAsked).ToList())
            running[run.Number] = run with { StopAsked = true };
    }

    private void Apply(StudyEvent happened)
    {
        // To have asked in vain is no news: a sampler that waits for a trial is asked at every look.
        var (before, actions) = (search.Stopped, search.Apply(happened));
        applied |= happened is not TrialsAsked || actions.Count > 0 || search.Stopped != before;
        if (Trial(happened) is { } number)
            touched.Add(number);
        foreach (var action in actions)
        {
            switch (action)
            {
                case StartTrial start:
                    touched.Add(start.Trial);
                    running[start.Trial] = TrialRuns.Of(study.Id, search.History, search.History.Trials[start.Trial]);
                    break;
                case StopTrial stop when running.TryGetValue(stop.Trial, out var run):
                    touched.Add(stop.Trial);
                    running[stop.Trial] = run with { StopAsked = true, Pruned = true };
                    break;
            }
        }
    }

    private StudyRecord Record(decimal settled, decimal cost, string? failure)
    {
        var next = study with
        {
            Running = [.. running.Values.OrderBy(run => run.Number)],
            Settled = settled,
            Cost = cost,
            Currency = facts.Select(fact => fact.Job).LastOrDefault(job => job?.Spent is not null)?.Currency ?? study.Currency,
            LastFailure = failure,
        };
        if (applied)
        {
            next = next with
            {
                Trials = SearchViews.Count(study.Trials, search.History, endedBefore),
                Best = SearchViews.Best(study.Id, study.Best, search.History, endedBefore),
            };
        }


        if (running.Count == 0 && search.Stopped != StopReason.None)
            return StudyLife.Finish(next, Reason(search.Stopped));
        return applied || !study.Running.SequenceEqual(next.Running) ? next : study;
    }

    private static int? Trial(StudyEvent happened) => happened switch
    {
        MetricReported report => report.Trial,
        TrialCompleted completed => completed.Trial,
        TrialFailed failed => failed.Trial,
        TrialPruned pruned => pruned.Trial,
        _ => null,
    };

    private static StudyStopReason Reason(StopReason reason) => reason switch
    {
        StopReason.None => StudyStopReason.None,
        StopReason.Requested => StudyStopReason.Requested,
        StopReason.Trials => StudyStopReason.Trials,
        StopReason.Failures => StudyStopReason.Failures,
        StopReason.Time => StudyStopReason.Time,
        StopReason.Cost => StudyStopReason.Cost,
        StopReason.Target => StudyStopReason.Target,
        StopReason.Exhausted => StudyStopReason.Exhausted,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
