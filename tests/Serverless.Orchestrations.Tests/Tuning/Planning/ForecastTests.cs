using FsCheck;
using FsCheck.Fluent;
using Serverless.Tuning.Planning;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Tests.Tuning.Planning;

/// <summary>What many simulated studies come to.</summary>
public sealed class ForecastTests
{
    private static readonly string?[] Pruners = [null, "median", "successive-halving", "auto"];

    [Fact]
    public void Forecast_SameSeed_IsTheSame()
    {
        var scenario = PlannedStudies.Pruned(new StudyLimits { MaxTrials = 60, Parallelism = 3 });

        Assert.Equal(Of(scenario, 11, 8, 10_000), Of(scenario, 11, 8, 10_000));
        Assert.NotEqual(Of(scenario, 11, 8, 10_000).Seconds, Of(scenario, 12, 8, 10_000).Seconds);
    }

    [Fact]
    public void Forecast_DoubtAboutTheMedian_DoesNotAverageOut()
    {
        var scenario = PlannedStudies.Exact(new StudyLimits { MaxTrials = 400 });
        var sure = Of(scenario with { Trial = new TrialModel(new TrialTimes(60) { Spread = 0.5, Doubt = 0 }) }, 1, 40, 10_000).TrialSeconds;
        var unsure = Of(scenario with { Trial = new TrialModel(new TrialTimes(60) { Spread = 0.5, Doubt = 0.3 }) }, 1, 40, 10_000).TrialSeconds;

        Assert.InRange(sure.High / sure.Low, 1, 1.15);
        Assert.InRange(unsure.High / unsure.Low, 1.5, 3.2);
    }

    [Fact]
    public void Forecast_FewTimesSeen_AreDoubtedMoreThanMany()
    {
        double Width(int seen)
        {
            var random = new RandomSource(4);
            var times = TrialTimes.Of([.. Enumerable.Range(0, seen).Select(_ => 60 * Math.Exp(0.5 * random.NextNormal()))]);
            var spread = Of(PlannedStudies.Exact(new StudyLimits { MaxTrials = 100 }) with { Trial = new TrialModel(times) }, 1, 40, 10_000).TrialSeconds;
            return spread.High / spread.Low;
        }

        Assert.True(Width(4) > Width(100));
    }

    [Theory]
    [InlineData(null, 0.0, 0.02)]
    [InlineData("successive-halving", 0.02, 0.15)] // rungs fill: the more trials, the more of them are given up
    public void Forecast_LongStudy_IsInProportionToItsBeginning(string? pruner, double failures, double tolerance)
    {
        var limits = new StudyLimits { MaxTrials = 3_000, Parallelism = 8 };
        var scenario = PlannedStudies.Pruned(limits, pruner ?? "median", nodes: 8);
        scenario = scenario with { Pruner = pruner is null ? null : scenario.Pruner, Trial = scenario.Trial with { FailureShare = failures } };

        var whole = StudySimulation.Run(scenario, 2);
        var begun = StudySimulation.Run(scenario, 2, 1_000);

        Assert.Equal((3_000, null), (begun.Started, whole.SimulatedTrials));
        Assert.InRange(begun.SimulatedTrials!.Value, 1_000, 1_008);
        Assert.Equal(1, begun.Seconds / whole.Seconds, tolerance);
        Assert.Equal(1, begun.TrialSeconds / whole.TrialSeconds, tolerance);
        Assert.Equal(1, begun.NodeSeconds / whole.NodeSeconds, tolerance);
    }

    [Fact]
    public void Forecast_LongStudyThatMeetsALimit_EndsThere()
    {
        var scenario = PlannedStudies.Exact(new StudyLimits { MaxTrials = 100_000, Parallelism = 2, MaxCost = 120 });

        // A trial is 60 s at a thousandth: 2,000 of them are 120.
        var study = StudySimulation.Run(scenario, 2, 500);

        Assert.Equal((StopReason.Cost, 2_000), (study.Reason, study.Started));
    }

    /// <summary>Whatever a study is like, no simulated one costs more than it is said to cost at most.</summary>
    [Fact]
    public void CostBound_IsNeverExceeded() =>
        Prop.ForAll(Gen.Choose(0, 10_000_000).ToArbitrary(), seed =>
        {
            var random = new RandomSource(seed);
            var scenario = Any(random);
            var bound = CostBound.Of(scenario, graceSeconds: 30, mayLoseNodes: scenario.Pool.EvictionsPerHour > 0);
            var study = StudySimulation.Run(scenario, seed);
            return scenario.Pool.PricePerHour * (decimal)study.TrialSeconds / 3_600m <= bound.Amount + 1e-9m;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void CostBound_OfEachLimit_IsTheLeast()
    {
        CostBoundBy By(StudyLimits limits) => CostBound.Of(PlannedStudies.Exact(limits), 30, mayLoseNodes: false).By;

        Assert.Equal(CostBoundBy.Trials, By(new StudyLimits { MaxTrials = 1 }));
        Assert.Equal(CostBoundBy.Time, By(new StudyLimits { MaxTrials = 1_000, MaxElapsed = TimeSpan.FromMinutes(1) }));
        Assert.Equal(CostBoundBy.Cost, By(new StudyLimits { MaxTrials = 1_000, MaxCost = 1 }));
        Assert.Equal(new CostBound(1 + 0.21m, CostBoundBy.Cost), CostBound.Of(PlannedStudies.Exact(new StudyLimits { MaxTrials = 1_000, MaxCost = 1 }), 30, mayLoseNodes: false));
    }

    private static Forecast Of(StudyScenario scenario, long seed, int runs, int mostTrials) => Forecast.Of(scenario, seed, runs, mostTrials, TestContext.Current.CancellationToken);

    private static StudyScenario Any(RandomSource random)
    {
        int Up(int bound) => 1 + random.NextBelow(bound);
        bool Coin() => random.NextBelow(2) == 0;
        var limits = new StudyLimits
        {
            MaxTrials = Up(60),
            Parallelism = Up(12),
            MaxFailures = Coin() ? Up(10) : null,
            MaxElapsed = Coin() ? TimeSpan.FromSeconds(Up(4_000)) : null,
            MaxCost = Coin() ? Up(3_000) / 1_000m : null,
        };
        var scenario = Pruners[random.NextBelow(Pruners.Length)] is { } pruner ? PlannedStudies.Pruned(limits, pruner) : PlannedStudies.Exact(limits);
        return scenario with
        {
            Trial = scenario.Trial with
            {
                Times = new TrialTimes(Up(600)) { Spread = random.NextUniform(), Doubt = random.NextUniform() },
                FailureShare = Coin() ? random.NextUniform() : 0,
                MaxRunSeconds = Coin() ? Up(600) : 86_400,
                MaxAttempts = Up(3),
                FreeEvictions = random.NextBelow(3),
                MaxCost = Coin() ? Up(500) / 1_000m : null,
            },
            Pool = new PoolModel(Up(10), Up(10_000) / 1_000m) { BootSeconds = Up(200), BootSpread = 0.3, IdleSeconds = Up(300), EvictionsPerHour = Coin() ? Up(30) : 0 },
            Pace = new LookPace { HandoverSeconds = random.NextUniform() },
        };
    }
}
