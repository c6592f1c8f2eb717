using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Studies.Plans;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies.Plans;

/// <summary>Plans as a stranger asks for them.</summary>
public sealed class StudyPlanningTests : IAsyncDisposable
{
    private readonly Bench bench = new(new PoolOptions { MaxNodes = 4 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Plan_TimeSaid_IsTrialsTimesTimeOnTheMachinesPrice()
    {
        var plan = await PlanAsync(StudyBench.Spec(trials: 40, parallelism: 4), seconds: 360);

        Assert.Equal((StudyStopReason.Trials, 1.0, 40.0), (plan.Expected.EndsBy, plan.Expected.EndsByShare, plan.Expected.Started.Median));
        Assert.Equal((PlanSource.Said, 360.0), (plan.Trial.Source, plan.Trial.Seconds.Median));

        // 40 trials of 0.1 h at 0.36; log-normal times have a mean a little above the median.
        Assert.InRange(plan.Expected.Cost.Median, 40 * 0.036 * 0.9, 40 * 0.036 * 1.2);
        Assert.InRange(plan.Expected.Seconds.Median, 10 * 360 * 0.95, 10 * 360 * 1.4);
        Assert.True(plan.Expected.Cost.Low < plan.Expected.Cost.Median && plan.Expected.Cost.Median < plan.Expected.Cost.High);
        Assert.True(plan.Expected.MachineCost.Median > plan.Expected.Cost.Median);
        Assert.Equal("memory", plan.Placement.Size);
    }

    [Fact]
    public async Task Plan_NothingIsKnown_SaysSoAndHowToFindOut()
    {
        var plan = await PlanAsync(StudyBench.Spec());

        Assert.Equal(PlanSource.Unknown, plan.Trial.Source);
        Assert.Contains(plan.Notes, note => note.Contains("--trial-time", StringComparison.Ordinal) && note.Contains("study run --trials 1", StringComparison.Ordinal));
        Assert.True(plan.Trial.Seconds.High > 2 * plan.Trial.Seconds.Median);
    }

    [Fact]
    public async Task Plan_EarlierTrials_SayHowLongOneTakes()
    {
        var studies = new StudyBench(bench);
        await studies.EndOfAsync((await studies.SubmitAsync(StudyBench.Spec(trials: 8))).Id, async job =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(10));
            await bench.RenewAsync(job.Id);
            if (bench.Clock.GetUtcNow() - job.AttemptAt >= TimeSpan.FromSeconds(120))
                await studies.ExitAsync(job, JobReason.Completed, ("loss", 0.5));
        });

        var plan = await PlanAsync(StudyBench.Spec(trials: 30));
        var other = StudyBench.Spec(trials: 30);
        var similar = await PlanAsync(other with { Job = other.Job with { Arguments = ["--epochs", "5"] } });

        Assert.Equal((PlanSource.Earlier, 8), (plan.Trial.Source, plan.Trial.Seen));
        Assert.Equal(120, plan.Trial.Seconds.Median, 15.0);
        Assert.Contains(plan.Notes, note => note.Contains("already", StringComparison.Ordinal) && note.Contains("warmStart", StringComparison.Ordinal));
        Assert.Equal(PlanSource.Similar, similar.Trial.Source);
        Assert.Contains("other arguments", similar.Trial.From, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_SpaceOfFourPoints_SaysThatTrialsRepeatOrThatAGridEnds()
    {
        var spec = StudyBench.Spec(trials: 200) with
        {
            Space = new SpaceSpec
            {
                Parameters =
                [
                    new ParameterSpec { Name = "x", Type = ParameterType.Categorical, Choices = ["a", "b"] },
                    new ParameterSpec { Name = "y", Type = ParameterType.Int, Low = 1, High = 2 },
                ],
            },
        };

        var random = await PlanAsync(spec, seconds: 10);
        var grid = await PlanAsync(spec with { Sampler = new TunerSpec("grid") }, seconds: 10);

        Assert.Equal(4, random.Space.Points);
        Assert.Contains(random.Notes, note => note.Contains("at least 196 repeat", StringComparison.Ordinal));
        Assert.Equal((StudyStopReason.Exhausted, 4.0), (grid.Expected.EndsBy, grid.Expected.Complete.Median));
    }

    [Fact]
    public async Task Plan_ConditionsAndForbiddenCombinations_AreCounted()
    {
        var spec = StudyBench.Spec() with
        {
            Space = new SpaceSpec
            {
                Parameters =
                [
                    new ParameterSpec { Name = "solver", Type = ParameterType.Categorical, Choices = ["sgd", "adam"] },
                    new ParameterSpec { Name = "momentum", Type = ParameterType.Int, Low = 1, High = 3, When = new ConditionSpec { Parameter = "solver", Is = "sgd" } },
                ],
                Forbidden = [new ConditionSpec { Parameter = "momentum", AtLeast = 3 }],
            },
        };

        var plan = await PlanAsync(spec, seconds: 10);

        Assert.Equal((2, 1, 3.0), (plan.Space.Parameters, plan.Space.Conditional, plan.Space.Points));
        Assert.Equal(0.75, plan.Space.PresentShare, 0.05);
        Assert.Equal(5.0 / 6, plan.Space.PermittedShare, 0.06);
    }

    [Fact]
    public async Task Plan_CostLimit_EndsItAndBoundsIt()
    {
        var spec = Limited(StudyBench.Spec(trials: 100, parallelism: 2), maxCost: 0.5m, maxRunSeconds: 600);
        var plan = await PlanAsync(spec, seconds: 300);

        Assert.Equal(StudyStopReason.Cost, plan.Expected.EndsBy);
        Assert.InRange(plan.Expected.Started.Median, 14, 20);
        Assert.InRange(plan.Most.Cost, 0.5m, 0.6m);
        Assert.Contains("limits.maxCost", plan.Most.Why, StringComparison.Ordinal);
        Assert.True(plan.Expected.Cost.High <= (double)plan.Most.Cost);
        Assert.Contains(plan.Notes, note => note.Contains("limit on cost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plan_CostLimitBelowOneTrial_IsRefusedAsSubmissionRefusesIt()
    {
        var spec = Limited(StudyBench.Spec(), maxCost: 0.01m, maxRunSeconds: 3_600);

        var plan = await Assert.ThrowsAsync<ServerlessException>(() => PlanAsync(spec, seconds: 10));
        var run = await Assert.ThrowsAsync<ServerlessException>(() => new StudyBench(bench).SubmitAsync(spec));

        Assert.Equal((ProblemCodes.OverBudget, plan.Message, plan.Cure), (run.Code, run.Message, run.Cure));
        Assert.Contains("job.limits.maxRunSeconds of at most 70", run.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_NoLimits_WarnsOfWhatHangingTrialsCost()
    {
        var plan = await PlanAsync(StudyBench.Spec(trials: 100), seconds: 60);

        // 100 trials of three attempts of a day and some at 0.36.
        Assert.InRange(plan.Most.Cost, 100 * 3 * 24 * 0.36m, 100 * 3 * 24 * 0.37m);
        Assert.Contains(plan.Notes, note => note.Contains("limits.maxCost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plan_MonthsBudget_IsTheBoundWhenLessIsLeft()
    {
        await bench.Get<MonthlyBudget>().SetAsync(9, "USD", Cancel);

        var plan = await PlanAsync(Limited(StudyBench.Spec(trials: 100), null, 3_600), seconds: 60);

        Assert.Equal(9, plan.Most.Cost);
        Assert.Contains("month's budget", plan.Most.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_Alternatives_AreSideBySide()
    {
        bench.Pool.Others = [new ComputeOffer { Pool = "far", Size = "cheap", VCpus = 2, MemoryBytes = 4L << 30, PricePerHour = 0.1m, Spot = true, Region = "west" }];
        var spec = StudyBench.Spec(trials: 40, parallelism: 2);
        spec = spec with { Job = spec.Job with { Resources = new ResourceSpec { VCpus = 1 } } };

        var plan = await PlanAsync(spec, seconds: 60, steps: 20);

        Assert.Equal([1, 2, 4, 2, 2], plan.Alternatives.Select(row => row.Parallelism));
        Assert.Equal(["none", "none", "none", "auto", "none"], plan.Alternatives.Select(row => row.Pruner));
        Assert.Equal([false, false, false, false, true], plan.Alternatives.Select(row => row.Spot));
        Assert.Equal(2, Assert.Single(plan.Alternatives, row => row.IsAsked).Parallelism);
        var (one, two, four, pruned, spot) = (plan.Alternatives[0], plan.Alternatives[1], plan.Alternatives[2], plan.Alternatives[3], plan.Alternatives[4]);
        Assert.True(one.Seconds.Median > 1.7 * two.Seconds.Median && two.Seconds.Median > 1.5 * four.Seconds.Median);
        Assert.True(pruned.Cost.Median < 0.8 * two.Cost.Median && spot.Cost.Median < 0.5 * two.Cost.Median);
        Assert.Equal((plan.Expected.Seconds, plan.Expected.Cost), (two.Seconds, two.Cost));
    }

    [Fact]
    public async Task Plan_Pruner_SavesOrHasNothingToLookAt()
    {
        var spec = StudyBench.Spec(trials: 60) with { Pruner = new TunerSpec("median") };

        var prunes = await PlanAsync(spec, seconds: 60, steps: 30);
        var blind = await PlanAsync(spec, seconds: 60);

        Assert.True(prunes.Expected.Pruned.Median > 5);
        Assert.Equal(0, blind.Expected.Pruned.High);
        Assert.Contains("gave up nobody", blind.Pruner, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_WrongStudy_HasTheErrorsOfSubmission()
    {
        var spec = StudyBench.Spec() with { Sampler = new TunerSpec("oracle"), Limits = new StudyLimitSpec { Trials = 0, MaxCost = -1 } };

        var plan = await Assert.ThrowsAsync<ServerlessException>(() => PlanAsync(spec));
        var run = await Assert.ThrowsAsync<ServerlessException>(() => new StudyBench(bench).SubmitAsync(spec));

        Assert.True(plan.Errors.Count >= 3);
        Assert.Equal(run.Errors, plan.Errors);
    }

    [Fact]
    public async Task Plan_WrongWords_AllAreSaidAtOnce()
    {
        var request = new StudyPlanRequest { Study = StudyBench.Spec(), TrialSeconds = -1, TrialSecondsTo = -5, StepSeconds = 2, FailureRate = 7 };

        var failed = await Assert.ThrowsAsync<ServerlessException>(() => bench.Get<StudyPlanning>().PlanAsync(request, Cancel));

        Assert.Equal(["failureRate", "stepSeconds", "trialSeconds", "trialSecondsTo"], failed.Errors.Select(error => error.Path).Distinct().Order());
    }

    [Fact]
    public async Task Plan_NoPoolFits_IsRefusedWithTheNearest()
    {
        var spec = StudyBench.Spec();
        spec = spec with { Job = spec.Job with { Resources = new ResourceSpec { Gpu = new GpuSpec("a100", 4) } } };

        var failed = await Assert.ThrowsAsync<ServerlessException>(() => PlanAsync(spec));

        Assert.Equal(ProblemCodes.Invalid, failed.Code);
        Assert.Contains("a100", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_HundredThousandTrials_AreInProportion()
    {
        var plan = await PlanAsync(StudyBench.Spec(trials: 100_000, parallelism: 4), seconds: 60);

        Assert.Equal(100_000, plan.Expected.Started.Median);
        Assert.InRange(plan.Expected.Cost.Median, 100_000 * 0.006 * 0.85, 100_000 * 0.006 * 1.25);
        Assert.Contains(plan.Assumptions, assumption => assumption.Contains("in proportion", StringComparison.Ordinal));
    }

    private static StudySpec Limited(StudySpec spec, decimal? maxCost, int maxRunSeconds) => spec with
    {
        Limits = spec.Limits with { MaxCost = maxCost },
        Job = spec.Job with { Limits = spec.Job.Limits with { MaxRunSeconds = maxRunSeconds } },
    };

    private Task<StudyPlan> PlanAsync(StudySpec spec, double? seconds = null, int? steps = null) =>
        bench.Get<StudyPlanning>().PlanAsync(new StudyPlanRequest { Study = spec, TrialSeconds = seconds, Steps = steps }, Cancel);
}
