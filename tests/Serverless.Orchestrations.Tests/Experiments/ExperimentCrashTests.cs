using Serverless.Contracts.Experiments;
using Serverless.Core.Experiments;
using Serverless.Orchestrations.Experiments;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.Orchestrations.Tests.Studies;

namespace Serverless.Orchestrations.Tests.Experiments;

/// <summary>The process goes down after any write of a submission: the experiment is there before its member, and the member is found by it.</summary>
public sealed class ExperimentCrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_CrashAfterEachWriteOfItsSubmission_IsOneMemberOfOneExperiment()
    {
        for (var at = 1; ; at++)
        {
            await using var bench = new Bench();
            bench.Crash.At = at;
            var spec = Some.Spec() with { Experiment = "digits" };
            var crashed = await Record.ExceptionAsync(() => bench.Get<JobSubmission>().SubmitAsync(spec, "api", "key", Cancel)) is CrashException;
            await RequireNoMemberWithoutExperimentAsync(bench);
            bench.Crash.At = 0;
            await bench.Get<JobSubmission>().SubmitAsync(spec, "api", "key", Cancel);
            await RequireAsync(bench, jobs: 1, studies: 0);
            if (!crashed)
            {
                Assert.True(at > 2, $"There were only {at - 1} writes to crash after.");
                return;
            }
        }
    }

    [Fact]
    public async Task Study_CrashAfterEachWriteOfItsSubmission_IsOneMemberOfOneExperiment()
    {
        for (var at = 1; ; at++)
        {
            await using var bench = new Bench();
            var studies = new StudyBench(bench);
            bench.Crash.At = at;
            var spec = StudyBench.Spec() with { Experiment = "digits" };
            var crashed = await Record.ExceptionAsync(() => studies.SubmitAsync(spec, "key")) is CrashException;
            await RequireNoMemberWithoutExperimentAsync(bench);
            bench.Crash.At = 0;
            await studies.SubmitAsync(spec, "key");
            await RequireAsync(bench, jobs: 0, studies: 1);
            if (!crashed)
            {
                Assert.True(at > 2, $"There were only {at - 1} writes to crash after.");
                return;
            }
        }
    }

    [Fact]
    public async Task Study_ItsTrials_AreRunsOnlyWhenAskedFor()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var study = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 4) with { Experiment = "digits" })).Id);

        await RequireAsync(bench, jobs: 0, studies: 1);
        var (trials, _) = await bench.Get<ExperimentRuns>().ListAsync("digits", [RunKind.Trial], 100, null, Cancel);
        Assert.Equal([3, 2, 1, 0], trials.Select(trial => trial.Trial!.Value));
        Assert.All(trials, trial => Assert.Equal((study.Id, "succeeded"), (trial.StudyId, trial.Status)));
        Assert.All(trials, trial => Assert.Equal(trial.Metrics["loss"].Last, trial.Metrics["loss"].Min));
        var (all, _) = await bench.Get<ExperimentRuns>().ListAsync("digits", [RunKind.Study, RunKind.Job], 100, null, Cancel);
        var shown = Assert.Single(all);
        var best = study.Best[0];
        Assert.Equal((4, best.Number, best.Values[0]), (shown.Trials, shown.Trial, shown.Metrics["loss"].Last));
        Assert.Equal(best.Parameters["x"].ToString(), shown.Parameters["x"][0]);
        Assert.Equal(trials.Single(trial => trial.Trial == best.Number).Machine, shown.Machine);
    }

    [Fact]
    public async Task Change_CrashBetweenNoteAndRecord_TheReplacedDescriptionIsKeptOnce()
    {
        await using var bench = new Bench();
        var changes = bench.Get<ExperimentChanges>();
        await bench.Get<ExperimentSet>().OpenAsync("digits", Some.Start, Cancel);
        await changes.ChangeAsync("digits", new ExperimentChange { Description = "first" }, "a", null, Cancel);
        bench.Crash.At = bench.Crash.Count + 1;
        await Assert.ThrowsAsync<CrashException>(() => changes.ChangeAsync("digits", new ExperimentChange { Description = "second" }, "a", null, Cancel));
        Assert.Equal("first", (await bench.Get<ExperimentSet>().FindAsync("digits", Cancel))!.Description);

        await changes.ChangeAsync("digits", new ExperimentChange { Description = "second" }, "a", null, Cancel);
        await changes.ChangeAsync("digits", new ExperimentChange { Description = "third" }, "b", null, Cancel);

        var (notes, _) = await bench.Get<NoteSet>().OfAsync("digits", 10, null, Cancel);
        Assert.Equal(["The description was: second", "The description was: first"], notes.Select(note => note.Text));
    }

    private static async Task RequireNoMemberWithoutExperimentAsync(Bench bench)
    {
        var (jobs, _) = await bench.Jobs.QueryAsync(null, null, 10, null, Cancel);
        var (studies, _) = await new StudyBench(bench).Studies.QueryAsync(null, null, 10, null, Cancel);
        if (jobs.Count + studies.Count > 0)
            Assert.NotNull(await bench.Get<ExperimentSet>().FindAsync("digits", Cancel));
    }

    private static async Task RequireAsync(Bench bench, int jobs, int studies)
    {
        var (experiments, _) = await bench.Get<ExperimentViews>().ListAsync(null, 10, null, Cancel);
        var experiment = Assert.Single(experiments);
        Assert.Equal(("digits", jobs, studies), (experiment.Name, experiment.Jobs, experiment.Studies));
        var (runs, _) = await bench.Get<ExperimentRuns>().ListAsync("digits", [RunKind.Study, RunKind.Job], 10, null, Cancel);
        Assert.Equal(jobs + studies, runs.Count);
    }
}
