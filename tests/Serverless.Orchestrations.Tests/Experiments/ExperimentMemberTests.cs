using Serverless.Contracts.Experiments;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Datasets;
using Serverless.Core.Experiments.Comparisons;
using Serverless.Core.Failures;
using Serverless.Core.Triggers;
using Serverless.Orchestrations.Experiments;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.Orchestrations.Tests.Studies;
using Serverless.Orchestrations.Triggers;

namespace Serverless.Orchestrations.Tests.Experiments;

/// <summary>Whoever submits: the run is in its experiment, and is found there for a comparison.</summary>
public sealed class ExperimentMemberTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trigger_ItsJobs_AreInTheExperimentThatItNames()
    {
        await using var bench = new Bench();
        var spec = Some.Trigger() with { Job = Some.Trigger().Job with { Experiment = "nightly" } };
        await bench.Get<TriggerSet>().CreateAsync(new TriggerRecord("t", spec, bench.Clock.GetUtcNow()), Cancel);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var data = await bench.LandAsync();
        await bench.Get<TriggerDispatch>().HandleAsync(DatasetSet.Id(data.Name, data.Version), Cancel);

        Assert.Equal(1, (await bench.Get<ExperimentViews>().FindAsync("nightly", Cancel))!.Jobs);
        var (runs, _) = await bench.Get<ExperimentRuns>().ListAsync("nightly", [RunKind.Job], 10, null, Cancel);
        Assert.Equal($"digits@{data.Version}", Assert.Single(runs).Inputs["train"]);
    }

    [Fact]
    public async Task Compare_TheBestTrialsOfAStudy_BestFirstWithWhatTheyWrote()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var study = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 5) with { Experiment = "digits" })).Id);
        var expected = (await studies.TrialsAsync(study)).OrderBy(trial => trial.Values[0]).Take(3).Select(trial => trial.JobId);

        var table = await bench.Get<ExperimentComparisons>().CompareAsync("digits", new ComparisonRequest { Studies = ["search"], Top = 3, Metrics = ["loss:best"], Files = true }, Cancel);

        Assert.Equal(expected, table.Runs.Select(run => run.Id));
        Assert.Equal(["1", "1", "1"], Column(table, "files"));
        Assert.Equal(["3", "3", "3"], Column(table, "bytes"));
        Assert.Equal(Column(table, "loss:best").Order(), Column(table, "loss:best"));
    }

    [Fact]
    public async Task Compare_TheBestTrialsOfAMaximizedStudy_AreTheLargest()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 4) with { Experiment = "digits", Objectives = [new ObjectiveSpec { Metric = "loss", Direction = ObjectiveDirection.Maximize }] };
        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id);

        var table = await bench.Get<ExperimentComparisons>().CompareAsync("digits", new ComparisonRequest { Studies = [study.Id], Top = 1 }, Cancel);

        Assert.Equal(study.Best[0].JobId, Assert.Single(table.Runs).Id);
    }

    [Fact]
    public async Task Compare_TwoStudiesOfOneName_AreToldApartByTheirIds()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 1) with { Experiment = "digits" };
        var (a, b) = (await studies.SubmitAsync(spec), await studies.SubmitAsync(spec));

        var refused = await Assert.ThrowsAsync<ServerlessException>(() => bench.Get<ExperimentComparisons>().CompareAsync("digits", new ComparisonRequest { Studies = ["search"] }, Cancel));

        Assert.Contains(a.Id, refused.Cure);
        Assert.Contains(b.Id, refused.Cure);
    }

    [Fact]
    public async Task Metrics_TheirRange_IsOfTheAttemptAndWithoutNaN()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Some.Spec() with { Experiment = "digits" });
        await bench.EndOfAsync(job.Id, bench.Agent(JobReason.Completed, ("loss", 3), ("loss", double.NaN), ("loss", 1), ("loss", 2), ("odd", double.NaN)));

        var (runs, _) = await bench.Get<ExperimentRuns>().ListAsync("digits", [RunKind.Job], 10, null, Cancel);

        Assert.Equal(new RunMetric(2, 1, 3), Assert.Single(runs).Metrics["loss"]);
        Assert.Equal(new RunMetric(double.NaN, null, null), runs[0].Metrics["odd"]);
    }

    private static IEnumerable<string?> Column(ExperimentComparison table, string name)
    {
        var at = table.Columns.ToList().FindIndex(column => column.Name == name);
        return table.Runs.Select(run => run.Cells[at]);
    }
}
