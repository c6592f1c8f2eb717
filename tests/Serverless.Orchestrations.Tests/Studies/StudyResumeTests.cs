using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>A study that has ended goes on.</summary>
public sealed class StudyResumeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Each sampler, and a pruner: the trials of a study that was stopped in the middle of one and resumed are those of one that ran through.</summary>
    [Theory]
    [InlineData("random", "none")]
    [InlineData("auto", "none")]
    [InlineData("tpe", "none")]
    [InlineData("gp", "none")]
    [InlineData("cma-es", "none")]
    [InlineData("sobol", "none")]
    [InlineData("tpe", "median")]
    public async Task Resume_StoppedAfterEight_SameTrialsAsRunThrough(string sampler, string pruner)
    {
        var spec = StudyBench.Spec(trials: 20) with { Sampler = new TunerSpec(sampler), Pruner = new TunerSpec(pruner) };
        string through;
        await using (var calm = new Bench())
            through = await TrialsAsync(new StudyBench(calm), (await EndAsync(calm, spec)).Id);

        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(spec)).Id;
        var stopped = await studies.EndOfAsync(id, Step(bench), StopAfter(bench, id, 8));
        Assert.Equal((StudyStatus.Stopped, 9, 0, 1), (stopped.Status, stopped.Trials.Started, stopped.Trials.Failed, stopped.Trials.Cut));
        var resumed = await ResumeAsync(bench, id);
        Assert.Equal((StudyStatus.Running, 2, 0), (resumed.Status, resumed.Run, resumed.Trials.Failed));
        var ended = await studies.EndOfAsync(id, Step(bench));

        Assert.Equal((StudyStatus.Succeeded, StudyStopReason.Trials), (ended.Status, ended.StopReason));
        Assert.Equal(through, await TrialsAsync(studies, id));
        Assert.Equal(21, (await studies.JobsAsync()).Count);
        var again = (await studies.TrialsAsync(ended))[8];
        Assert.EndsWith("-8-r1", again.JobId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_CrashAfterEachWrite_SameTrialsAsRunThrough()
    {
        string? expected = null;
        for (var at = 0; ; at++)
        {
            await using var bench = new Bench();
            var studies = new StudyBench(bench);
            var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 4))).Id;
            await studies.EndOfAsync(id, stir: StopAfter(bench, id, 2));
            bench.Crash.At = at == 0 ? 0 : bench.Crash.Count + at;
            if (await Record.ExceptionAsync(() => ResumeAsync(bench, id, key: "again")) is CrashException)
            {
                await studies.ReapAsync();
                await ResumeAsync(bench, id, key: "again");
            }

            var study = await studies.EndOfAsync(id, stir: studies.ReapAsync);
            Assert.Equal((StudyStatus.Succeeded, 2, new TrialCounts(0, 4, 0, 0, 0)), (study.Status, study.Run, study.Trials));
            Assert.Equal(5, (await studies.JobsAsync()).Count);
            var trials = await TrialsAsync(studies, id);
            Assert.Equal(expected ??= trials, trials);
            var stored = await bench.Artifacts.ListAsync($"studies/{id}/", Cancel).Select(entry => entry.Path.Value).ToListAsync(Cancel);
            Assert.Equal(study.Search!.Changes.Append(study.Search.Whole).Order(StringComparer.Ordinal), stored);
            if (at > 0 && bench.Crash.Count < bench.Crash.At)
            {
                Assert.True(at > 20, $"There were only {at} writes to crash after.");
                return;
            }
        }
    }

    [Fact]
    public async Task Resume_LimitReached_NeedsAHigherOneAndGoesOnWithIt()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var id = (await EndAsync(bench, StudyBench.Spec(trials: 3))).Id;

        var refused = await Assert.ThrowsAsync<ServerlessException>(() => ResumeAsync(bench, id));
        Assert.Equal(ProblemCodes.Conflict, refused.Code);
        Assert.Contains("it has started 3 trials, and limits.trials is 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--trials 6", refused.Cure, StringComparison.Ordinal);
        Assert.Equal(StudyStatus.Succeeded, (await studies.StudyAsync(id)).Status);

        await ResumeAsync(bench, id, new StudyResume { Trials = 5, Parallelism = 2 });
        var study = await studies.EndOfAsync(id);
        Assert.Equal((StudyStatus.Succeeded, 5, 2), (study.Status, study.Trials.Complete, study.Spec.Limits.Parallelism));
    }

    [Fact]
    public async Task Resume_SeveralLimitsReached_AllAreSaid()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 3);
        spec = spec with { Limits = spec.Limits with { Failures = 3, Seconds = 10, Target = 0.5 } };
        var id = (await studies.SubmitAsync(spec)).Id;
        await studies.EndOfAsync(id, job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(job.Trial!.Number == 2 ? 10 : 0));
            return studies.ExitAsync(job, JobReason.ProgramFailed);
        });

        var refused = await Assert.ThrowsAsync<ServerlessException>(() => ResumeAsync(bench, id));

        Assert.All(["limits.trials is 3", "limits.failures is 3", "limits.seconds is 10"], limit => Assert.Contains(limit, refused.Message, StringComparison.Ordinal));
        Assert.All(["--trials", "--failures", "--max-hours"], option => Assert.Contains(option, refused.Cure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_TargetReached_NeedsAHarderOne()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 30);
        var id = (await EndAsync(bench, spec with { Limits = spec.Limits with { Target = 0.01 } })).Id;
        var before = (await studies.StudyAsync(id)).Trials.Complete;

        Assert.Contains("limits.target", (await Assert.ThrowsAsync<ServerlessException>(() => ResumeAsync(bench, id))).Message, StringComparison.Ordinal);
        await ResumeAsync(bench, id, new StudyResume { Target = 1e-12 });

        var study = await studies.EndOfAsync(id);
        Assert.Equal((StudyStopReason.Trials, 30), (study.StopReason, study.Trials.Complete));
        Assert.True(before < 30);
    }

    /// <summary>The time between two runs is not the study's.</summary>
    [Fact]
    public async Task Resume_DaysLater_TheTimeBetweenDoesNotCount()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 4);
        var id = (await studies.SubmitAsync(spec with { Limits = spec.Limits with { Seconds = 3_600 } })).Id;
        await studies.EndOfAsync(id, stir: StopAfter(bench, id, 2));
        bench.Clock.Advance(TimeSpan.FromDays(3));

        await ResumeAsync(bench, id);
        var study = await studies.EndOfAsync(id);

        Assert.Equal((StudyStopReason.Trials, 4), (study.StopReason, study.Trials.Complete));
        Assert.True(study.Elapsed(bench.Clock.GetUtcNow()) < TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Resume_RunsOrSameKeyTwice_IsRefusedOrDoneOnce()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 4))).Id;
        var refused = await Assert.ThrowsAsync<ServerlessException>(() => ResumeAsync(bench, id));
        Assert.Equal((ProblemCodes.Conflict, $"The study '{id}' is running: only one that has ended is resumed."), (refused.Code, refused.Message));
        await studies.EndOfAsync(id, stir: StopAfter(bench, id, 1));

        var first = await ResumeAsync(bench, id, key: "k");
        var second = await ResumeAsync(bench, id, key: "k");

        Assert.Equal((2, 2), (first.Run, second.Run));
        await Assert.ThrowsAsync<ServerlessException>(() => ResumeAsync(bench, id, key: "other"));
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<ServerlessException>(() => ResumeAsync(bench, "study-none"))).Code);
        Assert.Equal(ProblemCodes.Invalid, (await Assert.ThrowsAsync<ServerlessException>(async () =>
        {
            await studies.EndOfAsync(id);
            await ResumeAsync(bench, id, new StudyResume { Trials = 0 });
        })).Code);
    }

    /// <summary>The best of the second run is registered and deployed as the first one's was.</summary>
    [Fact]
    public async Task Resume_BetterTrial_IsPublishedAtTheNewEnd()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 1);
        spec = spec with { Job = spec.Job with { Model = new ModelSpec { Name = "digits", Endpoint = "digits" } } };
        var first = await EndAsync(bench, spec);
        Assert.Equal(("digits@1", "digits"), (first.Model, first.Endpoint));

        await ResumeAsync(bench, first.Id, new StudyResume { Trials = 20 });
        var second = await studies.EndOfAsync(first.Id);
        await bench.RunDryAsync();

        Assert.NotEqual(first.Best[0].Number, second.Best[0].Number);
        Assert.Equal((StudyStatus.Succeeded, "digits@2", "digits"), (second.Status, second.Model, second.Endpoint));
        Assert.Equal(2, (await bench.Get<ModelSet>().QueryAsync(null, null, 10, null, Cancel)).Records.Count);
        var deployments = (await bench.Get<DeploymentSet>().QueryAsync(null, null, 10, null, Cancel)).Records;
        Assert.Equal(["digits@1", "digits@2"], deployments.Select(deployment => deployment.Model).Order(StringComparer.Ordinal));
    }

    /// <summary>An operator ended the workflow: the trial that ran then is run again too, and what it cost stays counted.</summary>
    [Fact]
    public async Task Resume_AfterTheWorkflowWasTerminated_GoesOn()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 5))).Id;
        await bench.Engine.PumpAsync(Cancel);
        await bench.Engine.TerminateAsync(id, "An operator ended it.", Cancel);
        await studies.ReapAsync();
        Assert.Equal(StudyStatus.Failed, (await studies.StudyAsync(id)).Status);

        await ResumeAsync(bench, id);
        var study = await studies.EndOfAsync(id);

        Assert.Equal((StudyStatus.Succeeded, 5, null), (study.Status, study.Trials.Complete, study.Message));
    }

    /// <summary>The end of the first run, done once more after the second began, ends nothing and deletes nothing.</summary>
    [Fact]
    public async Task End_OfTheRunBefore_LeavesTheNewOneAlone()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 4))).Id;
        var before = await studies.EndOfAsync(id, stir: StopAfter(bench, id, 2));
        await ResumeAsync(bench, id);

        await bench.Get<StudyEnding>().EndAsync(new StudyEnd(id, null, null, null), Cancel);
        await bench.Get<SearchArchive>().TidyAsync(before, Cancel);

        Assert.Equal(StudyStatus.Running, (await studies.StudyAsync(id)).Status);
        Assert.Equal(4, (await studies.EndOfAsync(id)).Trials.Complete);
    }

    private static Task<StudyRecord> ResumeAsync(Bench bench, string id, StudyResume? resume = null, string? key = null) =>
        bench.Get<StudyResuming>().ResumeAsync(id, resume ?? new StudyResume(), key, Cancel);

    private static async Task<StudyRecord> EndAsync(Bench bench, StudySpec spec)
    {
        var studies = new StudyBench(bench);
        return await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, Step(bench));
    }

    /// <summary>Each trial reports three times, worse with its loss, then ends.</summary>
    private static Func<JobRecord, Task> Step(Bench bench) => async job =>
    {
        var studies = new StudyBench(bench);
        var loss = StudyBench.Loss(job.Trial!);
        if (job.Points < 3)
            await studies.ReportAsync(job, ("loss", loss + 3 - job.Points, job.Points));
        else
            await studies.ExitAsync(job, JobReason.Completed, ("loss", loss));
    };

    /// <summary>Asks for the end once some trials are complete and the next one runs.</summary>
    private static Func<Task> StopAfter(Bench bench, string id, int complete) => async () =>
    {
        var study = await new StudyBench(bench).StudyAsync(id);
        if (!study.StopRequested && study.Trials.Complete + study.Trials.Pruned >= complete)
            await bench.Get<StudyChanges>().StopAsync(id, Cancel);
    };

    private static async Task<string> TrialsAsync(StudyBench studies, string id) => string.Join('\n',
        (await studies.TrialsAsync(await studies.StudyAsync(id))).Select(trial => $"{trial.Number} {trial.Status} {trial.Parameters["x"]} {string.Join(' ', trial.Values.Select(value => $"{value:R}"))} {trial.LastStep}"));
}
