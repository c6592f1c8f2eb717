using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Studies.Findings;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies.Findings;

/// <summary>What a study that ran says of itself: from submission to answer.</summary>
public sealed class StudyFindingsTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private static readonly SpaceSpec Space = new()
    {
        Parameters =
        [
            new ParameterSpec { Name = "x", Type = ParameterType.Float, Low = 0.001, High = 10, Log = true },
            new ParameterSpec { Name = "kind", Type = ParameterType.Categorical, Choices = ["a", "b"] },
            new ParameterSpec { Name = "extra", Type = ParameterType.Int, Low = 1, High = 5, When = new ConditionSpec { Parameter = "kind", Is = "b" } },
            new ParameterSpec { Name = "epochs", Type = ParameterType.Constant, Value = 3 },
        ],
    };

    [Fact]
    public async Task Findings_StudyThatEnded_SayWhatMatteredHowItWentAndWhere()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 24, parallelism: 2) with { Space = Space };
        var ended = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(10));
            return job.Trial!.Number == 5 ? studies.ExitAsync(job, JobReason.ProgramFailed) : studies.ExitAsync(job, JobReason.Completed, ("loss", Loss(job.Trial)));
        });
        var findings = bench.Get<StudyFindings>();

        var importance = await findings.ImportanceAsync(ended, new ImportanceQuestion(Pairs: true), Cancel);
        Assert.Equal(("loss", 23, "x"), (importance.Objective, importance.Trials, importance.Parameters[0].Name));
        Assert.Equal(1, importance.Parameters.Sum(parameter => parameter.Importance), 1e-12);
        Assert.Contains(importance.Unranked, parameter => parameter is { Name: "epochs", Reason: UnrankedReason.Constant });
        Assert.NotEmpty(importance.Pairs);
        Assert.Same(importance, await findings.ImportanceAsync(ended, new ImportanceQuestion(Pairs: true), Cancel));
        Assert.NotSame(importance, await findings.ImportanceAsync(ended, new ImportanceQuestion(Pairs: true, Method: ImportanceMethod.Fanova, Objective: "loss"), Cancel));

        var history = await findings.HistoryAsync(ended, 0, 100, Cancel);
        Assert.Equal((24, 24, null), (history.Trials, history.Items.Count, history.Next));
        Assert.Equal(Enumerable.Range(1, 24), history.Items.Select(trial => trial.Order));
        Assert.Equal(ended.Best[0].Number, Assert.Single(history.Items, trial => trial.OnFront).Number);
        Assert.Equal(ended.Best[0].Values, history.Items[^1].Best);
        Assert.Equal(history.Items.Select(trial => trial.Seconds), history.Items.Select(trial => trial.Seconds).Order());
        Assert.All(history.Items, trial => Assert.True(trial.Seconds >= trial.RanSeconds && trial.RanSeconds >= 0));
        Assert.Equal(history.Items.Sum(trial => trial.Cost), ended.Cost);
        Assert.Equal(TrialStatus.Failed, history.Items.Single(trial => trial.Number == 5).Status);
        Assert.Equal(ended.Cost, history.Items[^1].CostSoFar);

        var second = await findings.HistoryAsync(ended, 20, 3, Cancel);
        Assert.Equal((3, 21, "23"), (second.Items.Count, second.Items[0].Order, second.Next));
        Assert.Equal(history.Items[20].CostSoFar, second.Items[0].CostSoFar);
    }

    [Fact]
    public async Task Parallel_StudyThatEnded_HasAnAxisForEachParameterThatVariesAndEachObjective()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var ended = await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 12) with { Space = Space })).Id, job => studies.ExitAsync(job, JobReason.Completed, ("loss", Loss(job.Trial!))));

        var parallel = await bench.Get<StudyFindings>().ParallelAsync(ended, 1_000, Cancel);

        Assert.Equal(["x", "kind", "extra", "loss"], parallel.Axes.Select(axis => axis.Name));
        Assert.Equal((true, 0.001, 10.0), (parallel.Axes[0].Log, parallel.Axes[0].Low, parallel.Axes[0].High));
        Assert.Equal(["a", "b"], parallel.Axes[1].Choices!.Select(choice => choice.ToString()));
        Assert.Equal((true, ObjectiveDirection.Minimize), (parallel.Axes[2].Conditional, parallel.Axes[3].Direction));
        Assert.Equal((12, 12), (parallel.Trials, parallel.Lines.Count));
        foreach (var line in parallel.Lines)
        {
            Assert.Equal((Math.Log10(line.Values[0]!.Value.Number!.Value) + 3) / 4, line.Positions[0]!.Value, 1e-9);
            Assert.Equal(line.Values[1]!.Value.Text == "a" ? 0.0 : 1.0, line.Positions[1]);
            Assert.Equal(line.Values[1]!.Value.Text == "b", line.Positions[2] is not null && line.Values[2] is not null);
        }

        Assert.Equal((0.0, 1.0), (parallel.Lines.Min(line => line.Positions[3]), parallel.Lines.Max(line => line.Positions[3])));

        var few = await bench.Get<StudyFindings>().ParallelAsync(ended, 4, Cancel);
        Assert.Equal((12, 4), (few.Trials, few.Lines.Count));
        Assert.Contains(few.Lines, line => line.Number == ended.Best[0].Number);
    }

    [Fact]
    public async Task Curves_StudyWithAPruner_ShowEachTrialAsFarAsItCame()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 8) with { Pruner = new TunerSpec("threshold") { Settings = new Dictionary<string, double> { ["upper"] = 1.15 } } };
        var ended = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(2)); // an epoch takes longer than two looks are apart
            return job.Points < 6 ? studies.ReportAsync(job, ("loss", StudyBench.Loss(job.Trial!) + 1.0 / (job.Points + 1), job.Points)) : studies.ExitAsync(job, JobReason.Completed);
        });

        var curves = await bench.Get<StudyFindings>().CurvesAsync(ended, "loss", 4, 0, 5, Cancel);
        var rest = await bench.Get<StudyFindings>().CurvesAsync(ended, null, 100, 5, 5, Cancel);

        Assert.Equal(("4", null, 3), (curves.Next, rest.Next, rest.Items.Count));
        Assert.Contains(curves.Items.Concat(rest.Items), curve => curve.Status == TrialStatus.Pruned);
        var whole = curves.Items.First(curve => curve.Status == TrialStatus.Complete);
        Assert.Equal((6, 4, 0, 5), (whole.Points, whole.Steps.Count, whole.Steps[0], whole.Steps[^1]));
        Assert.Equal(whole.Value, whole.Values[^1]);
    }

    [Fact]
    public async Task Findings_StudyWithoutAnEndedTrial_AreEmptyOrSayHowManyAreNeeded()
    {
        await using var bench = new Bench();
        var study = await new StudyBench(bench).SubmitAsync(StudyBench.Spec() with { Space = Space });
        var findings = bench.Get<StudyFindings>();

        var refused = await Assert.ThrowsAsync<ServerlessException>(() => findings.ImportanceAsync(study, new ImportanceQuestion(), Cancel));
        Assert.Contains("0 complete trials", refused.Message, StringComparison.Ordinal);
        Assert.Contains("needs 10", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await findings.HistoryAsync(study, 0, 10, Cancel)).Items);
        Assert.Empty((await findings.CurvesAsync(study, null, 10, 0, 10, Cancel)).Items);
        var parallel = await findings.ParallelAsync(study, 10, Cancel);
        Assert.Equal((4, 0, null), (parallel.Axes.Count, parallel.Lines.Count, parallel.Axes[3].Low));
    }

    [Fact]
    public async Task Findings_UnknownObjective_SaysWhichThereAre()
    {
        await using var bench = new Bench();
        var study = await new StudyBench(bench).SubmitAsync(StudyBench.Spec());

        var refused = await Assert.ThrowsAsync<ServerlessException>(() => bench.Get<StudyFindings>().CurvesAsync(study, "los", 10, 0, 10, Cancel));

        var error = Assert.Single(refused.Errors);
        Assert.Equal("query.objective", error.Path);
        Assert.Contains("'loss'", error.Cure, StringComparison.Ordinal);
    }

    private static double Loss(JobTrial trial) => Math.Pow(Math.Log10(trial.Parameters["x"].Number!.Value), 2) + (trial.Parameters["kind"].Text == "b" ? 0.3 : 0);
}
