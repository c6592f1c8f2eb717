using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>Trials that hang, whose node dies, or that are given up at that very moment.</summary>
public sealed class StudyFaultTests
{
    private static readonly TunerSpec Threshold = new("threshold") { Settings = new Dictionary<string, double> { ["upper"] = 0.2 } };

    [Fact]
    public async Task Study_NodeOfATrialDies_TheTrialIsRunAgainAndCountsOnce()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);

        var study = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 4))).Id, job =>
            job is { Trial.Number: 1, Epoch: 1 } ? Task.CompletedTask : EndAsync(studies, job));

        Assert.Equal((StudyStatus.Succeeded, new TrialCounts(0, 4, 0, 0, 0)), (study.Status, study.Trials));
        Assert.Equal([1, 2, 1, 1], (await studies.JobsAsync()).Select(job => job.Epoch));
    }

    [Fact]
    public async Task Study_TrialThatAlwaysHangs_FailsAloneAndTheStudyGoesOn()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 4);
        spec = spec with { Job = spec.Job with { Limits = new LimitSpec { MaxAttempts = 2 } } };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job => job.Trial!.Number == 1 ? Task.CompletedTask : EndAsync(studies, job));

        Assert.Equal((StudyStatus.Succeeded, new TrialCounts(0, 3, 0, 1, 0)), (study.Status, study.Trials));
        Assert.Equal(2, (await studies.JobsAsync())[1].Epoch);
    }

    [Fact]
    public async Task Study_GivenUpTrialWhoseNodeDies_IsPrunedAndNotRunAgain()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 8) with { Pruner = Threshold };

        // The node dies with its last report: nobody hears of the stop, and the lease runs out.
        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(2));
            return job.Points == 0 ? studies.ReportAsync(job, ("loss", StudyBench.Loss(job.Trial!), 0))
                : StudyBench.Loss(job.Trial!) > 0.2 ? Task.CompletedTask
                : studies.ExitAsync(job, JobReason.Completed);
        }, answersStop: false);

        var bad = (await studies.JobsAsync()).Where(job => StudyBench.Loss(job.Trial!) > 0.2).ToList();
        Assert.InRange(bad.Count, 1, 7);
        Assert.Equal((StudyStatus.Succeeded, new TrialCounts(0, 8 - bad.Count, bad.Count, 0, 0)), (study.Status, study.Trials));
        Assert.All(bad, job => Assert.Equal((JobStatus.Stopped, JobReason.Pruned, 1), (job.Status, job.Reason, job.Epoch)));
    }

    [Fact]
    public async Task Study_CrashAfterEachWriteWhileItPrunes_SameTrialsGivenUp()
    {
        var expected = await PrunedAsync(0);
        Assert.Contains(nameof(TrialStatus.Pruned), expected.Trials, StringComparison.Ordinal);
        var crashes = 0;
        for (var at = 1; ; at++)
        {
            var run = await PrunedAsync(at);
            Assert.Equal(expected.Trials, run.Trials);
            if (!run.Crashed)
                break;
            crashes++;
        }

        Assert.True(crashes > 30, $"There were only {crashes} writes to crash after.");
    }

    private static Task EndAsync(StudyBench studies, JobRecord job) => studies.ExitAsync(job, JobReason.Completed, ("loss", StudyBench.Loss(job.Trial!)));

    private static async Task<(string Trials, bool Crashed)> PrunedAsync(int crashAt)
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        bench.Crash.At = crashAt;
        var spec = StudyBench.Spec(trials: 4) with { Pruner = Threshold };
        if (await Record.ExceptionAsync(() => studies.SubmitAsync(spec, "key")) is CrashException)
        {
            await studies.ReapAsync();
            await studies.SubmitAsync(spec, "key");
        }

        var (all, _) = await studies.Studies.QueryAsync(null, null, 10, null, TestContext.Current.CancellationToken);
        var study = await studies.EndOfAsync(Assert.Single(all).Id, job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(2));
            var loss = StudyBench.Loss(job.Trial!);
            // A bad trial trains until it is given up, as one of many epochs.
            return job.Points < 3 || loss > 0.2 ? studies.ReportAsync(job, ("loss", loss, job.Points)) : studies.ExitAsync(job, JobReason.Completed);
        }, studies.ReapAsync);

        Assert.Equal(StudyStatus.Succeeded, study.Status);
        Assert.All(await studies.JobsAsync(), job => Assert.Equal(1, job.Epoch));
        var trials = await studies.TrialsAsync(study);
        return (string.Join(' ', trials.Select(trial => $"{trial.Parameters["x"]}:{trial.Status}")), crashAt > 0 && bench.Crash.Count >= crashAt);
    }
}
