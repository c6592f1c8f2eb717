using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Studies;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>A study from its submission to its end.</summary>
public sealed class StudyFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Study_RunsAsManyTrialsAsAsked_KeepsTheBest()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);

        var study = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 6))).Id);

        Assert.Equal((StudyStatus.Succeeded, StudyStopReason.Trials), (study.Status, study.StopReason));
        Assert.Equal(new TrialCounts(0, 6, 0, 0, 0), study.Trials);
        var jobs = await studies.JobsAsync();
        Assert.Equal(6, jobs.Count);
        var best = jobs.MinBy(job => StudyBench.Loss(job.Trial!))!;
        Assert.Equal((best.Trial!.Number, best.Id), (Assert.Single(study.Best).Number, study.Best[0].JobId));
        Assert.Equal([StudyBench.Loss(best.Trial)], study.Best[0].Values);
        Assert.True(study.Cost >= 0);
        var stored = await bench.Artifacts.ListAsync($"studies/{study.Id}/", Cancel).Select(entry => entry.Path.Value).ToListAsync(Cancel);
        Assert.Equal(study.Search!.Changes.Append(study.Search.Whole).Order(StringComparer.Ordinal), stored);
    }

    [Fact]
    public async Task Study_ArgumentsOfATrial_AreTheJobsThenTheParameters()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 1);
        spec = spec with { Job = spec.Job with { Arguments = ["--target", "label"] } };

        await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id);

        var job = Assert.Single(await studies.JobsAsync());
        Assert.Equal(["--target", "label", "--x", job.Trial!.Parameters["x"].ToString()], job.Spec.Arguments);
        Assert.Equal(("search #0", $"study:{job.Trial.StudyId}"), (job.Name, job.Source));
    }

    [Fact]
    public async Task Study_Parallelism_IsKeptAndMayBeChanged()
    {
        await using var bench = new Bench(new() { Name = "local", MaxNodes = 20 });
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 12, parallelism: 3))).Id;
        await bench.Engine.PumpAsync(Cancel);
        Assert.Equal(3, (await studies.JobsAsync()).Count);

        await bench.Get<StudyChanges>().ResizeAsync(id, new StudyResize { Parallelism = 5, Trials = 7 }, Cancel);
        await bench.Engine.PumpAsync(Cancel);
        Assert.Equal(5, (await studies.JobsAsync()).Count);

        var study = await studies.EndOfAsync(id);
        Assert.Equal(7, study.Trials.Complete);
    }

    [Fact]
    public async Task Study_SameSeedOneAtATime_SameTrials()
    {
        var seen = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var bench = new Bench();
            var studies = new StudyBench(bench);
            await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 14) with { Sampler = new TunerSpec("tpe") })).Id);
            seen.Add(string.Join(' ', (await studies.JobsAsync()).Select(job => job.Trial!.Parameters["x"].ToString())));
        }

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task Study_FailedAndNaNTrials_AreCountedAndTheRestGoesOn()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);

        var study = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 6))).Id, job => job.Trial!.Number switch
        {
            0 => studies.ExitAsync(job, JobReason.ProgramFailed),
            1 => studies.ExitAsync(job, JobReason.Completed, ("loss", double.NaN)),
            2 => studies.ExitAsync(job, JobReason.Completed),
            _ => studies.ExitAsync(job, JobReason.Completed, ("loss", StudyBench.Loss(job.Trial))),
        });

        Assert.Equal((StudyStatus.Succeeded, new TrialCounts(0, 3, 0, 3, 0)), (study.Status, study.Trials));
        Assert.Equal([TrialStatus.Failed, TrialStatus.Failed, TrialStatus.Failed], (await studies.TrialsAsync(study)).Take(3).Select(trial => trial.Status));
    }

    [Fact]
    public async Task Study_TooManyFailures_EndsWithTheLastOnesWords()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 50);
        spec = spec with { Limits = spec.Limits with { Failures = 3 } };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job => studies.ExitAsync(job, JobReason.ProgramFailed));

        Assert.Equal((StudyStatus.Failed, StudyStopReason.Failures, 3), (study.Status, study.StopReason, study.Trials.Failed));
        Assert.Contains("Trial 2:", study.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_Stopped_StopsItsTrialsAndKeepsTheBest()
    {
        await using var bench = new Bench(new() { Name = "local", MaxNodes = 20 });
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 100, parallelism: 2))).Id;

        var study = await studies.EndOfAsync(id, stir: async () =>
        {
            if ((await studies.StudyAsync(id)).Trials.Complete >= 4)
                await bench.Get<StudyChanges>().StopAsync(id, Cancel);
        });

        Assert.Equal((StudyStatus.Stopped, StudyStopReason.Requested), (study.Status, study.StopReason));
        Assert.Single(study.Best);
        Assert.All(await studies.JobsAsync(), job => Assert.True(job.Ended));
    }

    [Theory]
    [InlineData(1_000, StudyStopReason.Cost)]
    [InlineData(2, StudyStopReason.Trials)] // the last trials are stopped for money too
    public async Task Study_CostLimit_StopsTrialsThatRun(int trials, StudyStopReason reason)
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials, parallelism: 2);
        spec = spec with { Limits = spec.Limits with { MaxCost = 0.02m }, Job = spec.Job with { Limits = spec.Job.Limits with { MaxRunSeconds = 150 } } };

        // A machine costs 0.36 an hour, and two trials run: after 100 s all is spent, and neither has come to its own limit.
        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, async job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(10));
            await bench.RenewAsync(job.Id);
        });

        Assert.Equal((StudyStatus.Failed, reason), (study.Status, study.StopReason));
        Assert.InRange(study.Cost, 0.02m, 0.025m);
    }

    [Fact]
    public async Task Study_TargetReached_StartsNoMore()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 1000);
        spec = spec with { Limits = spec.Limits with { Target = 0.01 } };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id);

        Assert.Equal((StudyStatus.Succeeded, StudyStopReason.Target), (study.Status, study.StopReason));
        Assert.True(study.Best[0].Values[0] <= 0.01);
    }

    [Fact]
    public async Task Study_TwoObjectives_KeepsTheFront()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 12) with { Objectives = [new ObjectiveSpec { Metric = "loss" }, new ObjectiveSpec { Metric = "speed", Direction = ObjectiveDirection.Maximize }] };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job =>
        {
            var x = job.Trial!.Parameters["x"].Number!.Value;
            return studies.ExitAsync(job, JobReason.Completed, ("loss", x), ("speed", x));
        });

        Assert.Equal(12, study.Best.Count);
    }

    [Fact]
    public async Task Study_WarmStart_TakesTheEarlierTrialsInAndDoesNotCountThem()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var first = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 5))).Id);

        var second = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 2) with { WarmStart = [first.Id] })).Id);

        Assert.Equal(new TrialCounts(0, 2, 0, 0, 5), second.Trials);
        Assert.Equal(7, (await studies.TrialsAsync(second)).Count);
        Assert.True(second.Best[0].Number >= 5);
    }

    /// <summary>Trials that report more than 0.2 are given up while they run, and their nodes go on with the next.</summary>
    [Fact]
    public async Task Study_Pruner_GivesUpTrialsThatRun()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 12) with { Pruner = new TunerSpec("threshold") { Settings = new Dictionary<string, double> { ["upper"] = 0.2 } } };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(2)); // an epoch takes longer than two looks are apart
            return job.Points < 3 ? studies.ReportAsync(job, ("loss", StudyBench.Loss(job.Trial!), job.Points)) : studies.ExitAsync(job, JobReason.Completed);
        });

        var bad = (await studies.JobsAsync()).Where(job => StudyBench.Loss(job.Trial!) > 0.2).ToList();
        Assert.InRange(bad.Count, 1, 11);
        Assert.Equal(new TrialCounts(0, 12 - bad.Count, bad.Count, 0, 0), study.Trials);
        Assert.All(bad, job => Assert.Equal((JobStatus.Stopped, JobReason.Pruned), (job.Status, job.Reason)));
        Assert.All(bad, job => Assert.InRange(job.Points, 1, 2));
        Assert.Equal(StudyStatus.Succeeded, study.Status);
    }

    [Fact]
    public async Task Study_PointsToTry_ComeFirst()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 3) with { Try = [new Dictionary<string, Serverless.Contracts.Values.ScalarValue> { ["x"] = 0.25 }] };

        await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id);

        Assert.Equal(0.25, (await studies.JobsAsync())[0].Trial!.Parameters["x"].Number);
    }

    [Fact]
    public async Task Study_BestModel_IsRegisteredGatedAndDeployedOnce()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 4);
        spec = spec with { Job = spec.Job with { Model = new ModelSpec { Name = "digits", Endpoint = "digits", Gate = [new GateSpec("loss", GateOperator.AtMost, 1)] } } };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id);

        Assert.Equal((StudyStatus.Succeeded, "digits@1", "digits"), (study.Status, study.Model, study.Endpoint));
        Assert.Equal("digits@1", bench.Endpoints.Answers["digits"]);
    }

    [Fact]
    public async Task Study_BestModelBelowTheGate_IsKeptAndTheStudyFails()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 2);
        spec = spec with { Job = spec.Job with { Model = new ModelSpec { Name = "digits", Endpoint = "digits", Gate = [new GateSpec("loss", GateOperator.AtMost, -1)] } } };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id);

        Assert.Equal((StudyStatus.Failed, "digits@1", null), (study.Status, study.Model, study.Endpoint));
        Assert.Empty(bench.Endpoints.Answers);
    }

    [Fact]
    public async Task Submit_EverythingWrong_IsSaidAtOnce()
    {
        await using var bench = new Bench();
        var spec = StudyBench.Spec() with
        {
            Space = new SpaceSpec { Parameters = [new ParameterSpec { Name = "x", Type = ParameterType.Float, Low = 0 }, new ParameterSpec { Name = "y", Type = ParameterType.Categorical, Low = 1 }] },
            Objectives = [],
            Sampler = new TunerSpec("guess"),
            Pruner = new TunerSpec("none") { Settings = new Dictionary<string, double> { ["depth"] = 1 } },
            Limits = new StudyLimitSpec { Trials = 0, Parallelism = 5000 },
        };

        var refused = await Assert.ThrowsAsync<ServerlessException>(() => new StudyBench(bench).SubmitAsync(spec));

        Assert.Equal(ProblemCodes.Invalid, refused.Code);
        Assert.Equal(
            ["limits.parallelism", "limits.trials", "objectives", "pruner.settings.depth", "sampler.name", "space.parameters[0].high", "space.parameters[1].choices", "space.parameters[1].low"],
            refused.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Submit_SameKeyTwice_OneStudy()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);

        var first = await studies.SubmitAsync(StudyBench.Spec(), "key");
        var second = await studies.SubmitAsync(StudyBench.Spec(), "key");

        Assert.Equal(first.Id, second.Id);
        await Assert.ThrowsAsync<ServerlessException>(() => studies.SubmitAsync(StudyBench.Spec(trials: 9), "key"));
    }
}
