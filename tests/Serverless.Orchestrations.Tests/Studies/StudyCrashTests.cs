using Serverless.Contracts.Jobs;
using Serverless.Contracts.Models;
using Serverless.Contracts.Studies;
using Serverless.Core.Models;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>The process goes down after any write, each message comes twice: the same trials, none lost, none doubled.</summary>
public sealed class StudyCrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Study_CrashAfterEachWrite_SameTrials()
    {
        var expected = await RunAsync(0, twice: false);
        var crashes = 0;
        for (var at = 1; ; at++)
        {
            var run = await RunAsync(at, twice: false);
            Assert.Equal(expected.Trials, run.Trials);
            if (!run.Crashed)
                break;
            crashes++;
        }

        Assert.True(crashes > 30, $"There were only {crashes} writes to crash after.");
    }

    [Fact]
    public async Task Study_EachMessageTwice_SameTrials() =>
        Assert.Equal((await RunAsync(0, twice: false)).Trials, (await RunAsync(0, twice: true)).Trials);

    [Fact]
    public async Task Study_WorkflowForgotten_IsStartedAgainAndGoesOn()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 5))).Id;
        var forgotten = false;

        var study = await studies.EndOfAsync(id, stir: async () =>
        {
            if (forgotten || (await studies.StudyAsync(id)).Trials.Complete < 2)
                return;
            forgotten = true;
            bench.Engine.Forget(id);
            await studies.ReapAsync();
        });

        Assert.True(forgotten);
        Assert.Equal((StudyStatus.Succeeded, 5), (study.Status, study.Trials.Complete));
    }

    [Fact]
    public async Task Study_WorkflowTerminated_EndsWithAWordAndStopsItsTrials()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(StudyBench.Spec(trials: 5))).Id;
        await bench.Engine.PumpAsync(Cancel);
        await bench.Engine.TerminateAsync(id, "An operator ended it.", Cancel);

        await studies.ReapAsync();

        var study = await studies.StudyAsync(id);
        Assert.Equal(StudyStatus.Failed, study.Status);
        Assert.Contains("An operator ended it.", study.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(await studies.JobsAsync()).StopRequested);
    }

    /// <summary>Long studies: many looks, wholes and steps in the store, histories that go on as new ones.</summary>
    [Fact]
    public async Task Study_ManyTrials_HistoryAndFilesStaySmall()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);

        var study = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 400))).Id);

        Assert.Equal(400, study.Trials.Complete);
        Assert.True(bench.Engine.LongestHistory < 1_000, $"A history had {bench.Engine.LongestHistory} events.");
        Assert.True(study.Search!.Changes.Count <= 512);
        Assert.Equal(Enumerable.Range(0, 400), (await studies.TrialsAsync(study)).Select(trial => trial.Number));
    }

    private static async Task<(string Trials, bool Crashed)> RunAsync(int crashAt, bool twice)
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        bench.Engine.Twice = twice;
        var spec = StudyBench.Spec(trials: 3);
        spec = spec with { Job = spec.Job with { Model = new ModelSpec { Name = "digits", Endpoint = "digits" } } };
        bench.Crash.At = crashAt;
        if (await Record.ExceptionAsync(() => studies.SubmitAsync(spec, "key")) is CrashException)
        {
            await studies.ReapAsync();
            await studies.SubmitAsync(spec, "key");
        }

        var (all, _) = await studies.Studies.QueryAsync(null, null, 10, null, Cancel);
        var study = await studies.EndOfAsync(Assert.Single(all).Id, stir: studies.ReapAsync);
        await bench.RunDryAsync();
        await studies.ReapAsync();

        Assert.Equal((StudyStatus.Succeeded, "digits@1", "digits"), (study.Status, study.Model, study.Endpoint));
        var model = Assert.Single((await bench.Get<ModelSet>().QueryAsync(null, null, 10, null, Cancel)).Records);
        Assert.Equal((1, ModelStage.Approved), (model.Version, model.Stage));
        var jobs = await studies.JobsAsync();
        Assert.All(jobs, job => Assert.Equal((JobStatus.Succeeded, 1), (job.Status, job.Epoch)));
        var trials = await studies.TrialsAsync(study);
        Assert.Equal(trials.Select(trial => trial.JobId), jobs.Select(job => job.Id));
        return (string.Join(' ', trials.Select(trial => $"{trial.Parameters["x"]}:{trial.Values[0]:R}")), crashAt > 0 && bench.Crash.Count >= crashAt);
    }
}
