using Serverless.Client;
using Serverless.Client.Http;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies;

/// <summary>
/// The trials that a window has room for: the best, those that run, the newest. However many a study has, a look asks at most <see cref="MaxRequests"/> times.
/// </summary>
internal static class TrialRows
{
    /// <summary>The most running trials whose jobs are asked how far they are.</summary>
    public const int MaxJobs = 8;

    /// <summary>The most requests of a look: the newest trials, those from the oldest running one on, and jobs.</summary>
    public const int MaxRequests = 2 + MaxJobs;

    /// <summary>Reads them, in the order of their numbers.</summary>
    /// <param name="client">The host.</param>
    /// <param name="study">The study.</param>
    /// <param name="room">The most rows.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Breaks off.</param>
    public static async Task<IReadOnlyList<TrialRow>> ReadAsync(ServerlessClient client, Study study, int room, DateTimeOffset now, CancellationToken cancel)
    {
        var total = study.Trials.Started + study.Trials.Imported;
        var newest = Math.Clamp(room, 1, ApiNames.MaxLimit);
        var found = new Dictionary<int, StudyTrial>();
        await PageAsync(total - newest, newest);
        if (study.RunningTrials.Count > 0 && study.RunningTrials[0] < total - newest)
            await PageAsync(study.RunningTrials[0], ApiNames.MaxLimit);
        foreach (var best in study.Best.Take(Math.Max(1, room / 4)))
            found[best.Number] = best;
        var chosen = found.Values
            .OrderByDescending(trial => study.Best.Any(best => best.Number == trial.Number))
            .ThenByDescending(trial => trial.Status == TrialStatus.Running)
            .ThenByDescending(trial => trial.Number)
            .Take(room).OrderBy(trial => trial.Number).ToList();
        var jobs = new Dictionary<int, Job>();
        foreach (var trial in chosen.Where(trial => trial is { Status: TrialStatus.Running, JobId: not null }).Take(MaxJobs))
            jobs[trial.Number] = await client.Jobs.GetAsync(trial.JobId!, cancel);
        return [.. chosen.Select(trial => Row(study, trial, jobs.GetValueOrDefault(trial.Number), now))];

        async Task PageAsync(int from, int limit)
        {
            var page = await client.Studies.TrialsAsync(study.Id, new PageRequest { Limit = limit, After = from > 0 ? FormattableString.Invariant($"{from - 1}") : null }, cancel);
            foreach (var trial in page.Items)
                found[trial.Number] = trial;
        }
    }

    private static TrialRow Row(Study study, StudyTrial trial, Job? job, DateTimeOffset now)
    {
        double? live = job is not null && job.Metrics.TryGetValue(study.Spec.Objectives[0].Metric, out var value) ? value : null;
        return new TrialRow(trial)
        {
            Value = trial.Values.Count > 0 ? trial.Values[0] : live ?? trial.LastValue,
            Step = trial.LastStep,
            Time = job is null ? trial.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null : job.StartedAt is { } start ? (job.ExitedAt ?? now) - start : null,
            Cost = job?.Cost?.Amount ?? trial.Cost,
        };
    }
}
