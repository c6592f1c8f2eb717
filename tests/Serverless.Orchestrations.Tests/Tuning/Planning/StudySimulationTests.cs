using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Planning;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Tests.Tuning.Planning;

/// <summary>Simulated studies against what can be reckoned by hand.</summary>
public sealed class StudySimulationTests
{
    private static readonly Dictionary<string, double> TwoPoints = new() { ["points"] = 2 };

    [Fact]
    public void Study_TwoAtOnceOnTwoNodes_TakesABootAndHalfOfTheTrialsOneAfterAnother()
    {
        var study = StudySimulation.Run(PlannedStudies.Exact(new StudyLimits { MaxTrials = 10, Parallelism = 2 }), 1);

        Assert.Equal((StopReason.Trials, 10, 10, 0), (study.Reason, study.Started, study.Complete, study.Failed));
        Assert.Equal(100 + 5 * 60, study.Seconds, 1e-6);
        Assert.Equal(10 * 60, study.TrialSeconds, 1e-6);
        Assert.Equal(2 * (100 + 5 * 60 + 30), study.NodeSeconds, 1e-6);
    }

    [Fact]
    public void Study_MoreAtOnceThanThePoolHasNodes_IsNoFaster()
    {
        var two = StudySimulation.Run(PlannedStudies.Exact(new StudyLimits { MaxTrials = 12, Parallelism = 2 }), 1);
        var eight = StudySimulation.Run(PlannedStudies.Exact(new StudyLimits { MaxTrials = 12, Parallelism = 8 }), 1);

        Assert.Equal(two.Seconds, eight.Seconds, 1e-6);
        Assert.Equal(two.NodeSeconds, eight.NodeSeconds, 1e-6);
    }

    [Fact]
    public void Study_LastTrialAlone_TheOtherNodeLeavesAfterItsIdleTime()
    {
        // Three trials on two nodes: the second node works 60 s and waits 30, the first works 120 and waits 30.
        var study = StudySimulation.Run(PlannedStudies.Exact(new StudyLimits { MaxTrials = 3, Parallelism = 2 }), 1);

        Assert.Equal(100 + 60 + 30 + 100 + 120 + 30, study.NodeSeconds, 1e-6);
    }

    [Fact]
    public void Study_TimeLimit_StartsNoTrialAfterIt()
    {
        // One at a time: trials begin at 100, 160, 220, …; at 340 the fourth has ended, and the time is up.
        var study = StudySimulation.Run(PlannedStudies.Exact(new StudyLimits { MaxTrials = 50, MaxElapsed = TimeSpan.FromSeconds(300) }), 1);

        Assert.Equal((StopReason.Time, 4), (study.Reason, study.Started));
        Assert.Equal(340, study.Seconds, 1e-6);
    }

    [Fact]
    public void Study_CostLimit_StopsTheTrialsAtTheNextLook()
    {
        // A thousandth a second, two at once: two trials until 160 are 0.12, and 0.17 is spent at 185. The look after that at 160 is at 190, and a trial stops in a second.
        var study = StudySimulation.Run(PlannedStudies.Exact(new StudyLimits { MaxTrials = 50, Parallelism = 2, MaxCost = 0.17m }), 1);

        Assert.Equal((StopReason.Cost, 4, 2, 2), (study.Reason, study.Started, study.Complete, study.Failed));
        Assert.Equal(191, study.Seconds, 1e-6);
        Assert.Equal(2 * 60 + 2 * 31, study.TrialSeconds, 1e-6);
    }

    [Fact]
    public void Study_CostLimitWhenAllTrialsHaveStarted_StopsThemToo()
    {
        var study = StudySimulation.Run(PlannedStudies.Exact(new StudyLimits { MaxTrials = 2, Parallelism = 2, MaxCost = 0.02m }) with { Trial = new TrialModel(new TrialTimes(10_000) { Spread = 0, Doubt = 0 }) }, 1);

        Assert.InRange(study.TrialSeconds, 20, 2 * 31 + 2 * 30);
    }

    [Fact]
    public void Study_TrialLongerThanItsLimit_FailsThereAndTheStudyGivesUp()
    {
        var scenario = PlannedStudies.Exact(new StudyLimits { MaxTrials = 50, MaxFailures = 3 });
        var study = StudySimulation.Run(scenario with { Trial = scenario.Trial with { MaxRunSeconds = 45 } }, 1);

        Assert.Equal((StopReason.Failures, 3, 3), (study.Reason, study.Started, study.Failed));
        Assert.Equal(3 * 45, study.TrialSeconds, 1e-6);
    }

    [Fact]
    public void Study_SpaceOfFourPoints_EndsWhenAllWereTried()
    {
        var scenario = PlannedStudies.Exact(new StudyLimits { MaxTrials = 200 }) with { Sampler = () => SamplerCatalog.Create("grid", TwoPoints, out _)! };
        var study = StudySimulation.Run(scenario, 1);

        Assert.Equal((StopReason.Exhausted, 4), (study.Reason, study.Complete));
    }

    [Fact]
    public void Study_NodesAreTakenAway_TrialsBeginAnewAndAllIsPaid()
    {
        var scenario = PlannedStudies.Exact(new StudyLimits { MaxTrials = 40, Parallelism = 4 }, nodes: 4);
        var calm = StudySimulation.Run(scenario, 5);
        var rough = StudySimulation.Run(scenario with { Pool = scenario.Pool with { EvictionsPerHour = 12 } }, 5);

        Assert.True(rough.Evictions > 0);
        Assert.Equal(40, rough.Complete);
        Assert.True(rough.TrialSeconds > calm.TrialSeconds && rough.Seconds > calm.Seconds);
    }

    [Theory]
    [InlineData("median")]
    [InlineData("successive-halving")]
    [InlineData("hyperband")]
    [InlineData("auto")]
    public void Study_WithAPruner_CostsLessThanWithout(string pruner)
    {
        var limits = new StudyLimits { MaxTrials = 80, Parallelism = 4 };
        var pruned = StudySimulation.Run(PlannedStudies.Pruned(limits, pruner), 3);
        var whole = StudySimulation.Run(PlannedStudies.Pruned(limits) with { Pruner = null }, 3);

        Assert.True(pruned.Pruned > 0, "nothing was pruned");
        Assert.True(pruned.Complete > 0, "nothing ran whole");
        Assert.Equal(80, pruned.Complete + pruned.Pruned);
        Assert.True(pruned.TrialSeconds < 0.8 * whole.TrialSeconds, $"{pruned.TrialSeconds} s beside {whole.TrialSeconds}");
    }

    [Fact]
    public void Study_EarlierCurves_AreWhatItsTrialsReport()
    {
        // Of two kinds of trial the median rule gives up the bad one once five are complete, and of the good one those that noise puts below their middle.
        var scenario = PlannedStudies.Pruned(new StudyLimits { MaxTrials = 100 }, "median");
        var study = StudySimulation.Run(scenario with { Trial = scenario.Trial with { Curves = [[0.9, 0.5, 0.1], [0.9, 0.9, 0.9]] } }, 3);

        Assert.InRange(study.Pruned, 60, 90);
    }

    [Fact]
    public void Study_PointsToTryFirst_AreAmongItsTrials()
    {
        var scenario = PlannedStudies.Exact(new StudyLimits { MaxTrials = 3 }) with
        {
            Tries = [new Dictionary<string, ParameterValue> { ["x"] = 0.5, ["y"] = 0.5 }],
        };

        Assert.Equal(3, StudySimulation.Run(scenario, 1).Complete);
    }
}
