using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.Tuning.Planning;

namespace Serverless.Orchestrations.Tests.Studies.Plans;

/// <summary>Agents on the bench that run trials in virtual time: each takes as long and reports what the simulated trial of its number did.</summary>
internal sealed class VirtualAgents(Bench bench, StudyBench studies, IReadOnlyList<SimulatedTrial> courses, int nodes, int steps, double stopSeconds)
{
    private const int MostRounds = 20_000;

    private readonly Dictionary<int, DateTimeOffset> stopping = [];
    private readonly Dictionary<int, int> reported = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs a study to its end.</summary>
    public async Task<StudyRecord> RunAsync(string id)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            await bench.Engine.PumpAsync(Cancel);
            if (await studies.StudyAsync(id) is { Ended: true } study)
                return study;
            var jobs = await studies.JobsAsync();
            var running = jobs.Where(IsRunning).ToList();
            var waiting = jobs.FirstOrDefault(job => job.Status == JobStatus.Queued);
            if (waiting is not null && running.Count < nodes)
            {
                await bench.ClaimAsync(waiting.Id);
                continue;
            }

            if (!await ActAsync(running))
                await AdvanceAsync(running);
        }

        throw new TimeoutException($"Study '{id}' did not end within {MostRounds} rounds.");
    }

    private static bool IsRunning(JobRecord job) => job.Status is JobStatus.Starting or JobStatus.Running && job.Exit is null;

    /// <summary>Does the first thing that is due now; false: nothing is.</summary>
    private async Task<bool> ActAsync(IReadOnlyList<JobRecord> running)
    {
        var now = bench.Clock.GetUtcNow();
        foreach (var job in running)
        {
            var (number, course) = (job.Trial!.Number, courses[job.Trial.Number]);
            if (job.StopRequested)
                stopping.TryAdd(number, now.AddSeconds(stopSeconds));
            if (NextReport(job) is { } report && report <= now)
            {
                var step = reported[number] = reported.GetValueOrDefault(number) + 1;
                await studies.ReportAsync(job, ("loss", course.Losses[step - 1], step));
                return true;
            }

            if (End(job) > now)
                continue;
            var isStopped = stopping.TryGetValue(number, out var stop) && stop < Natural(job);
            var reason = isStopped ? JobReason.StopRequested : course.FailsAfter is null ? JobReason.Completed : JobReason.ProgramFailed;
            await studies.ExitAsync(job, reason, reason == JobReason.Completed && steps == 1 ? [("loss", course.Losses[^1])] : []);
            return true;
        }

        return false;
    }

    private async Task AdvanceAsync(IReadOnlyList<JobRecord> running)
    {
        var now = bench.Clock.GetUtcNow();
        var due = running.Select(job => End(job)).Concat(running.Select(NextReport).OfType<DateTimeOffset>()).Append(bench.Engine.NextDue() ?? DateTimeOffset.MaxValue).Min();
        if (due > now)
            bench.Clock.Advance(due - now);
        foreach (var job in running)
            await bench.RenewAsync(job.Id);
    }

    private DateTimeOffset? NextReport(JobRecord job)
    {
        var (done, course) = (reported.GetValueOrDefault(job.Trial!.Number), courses[job.Trial.Number]);
        if (steps == 1 || done >= steps)
            return null;
        var at = job.AttemptAt!.Value.AddSeconds(course.Seconds * (done + 1) / steps);
        return at <= End(job) ? at : null;
    }

    private DateTimeOffset End(JobRecord job) => stopping.TryGetValue(job.Trial!.Number, out var stop) && stop < Natural(job) ? stop : Natural(job);

    private DateTimeOffset Natural(JobRecord job)
    {
        var course = courses[job.Trial!.Number];
        return job.AttemptAt!.Value.AddSeconds(Math.Min(course.Seconds, course.FailsAfter ?? double.MaxValue));
    }
}
