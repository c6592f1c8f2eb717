using Serverless.Tuning.Pruners;
using Serverless.Tuning.Pruning;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Studies;

public sealed class StudyTests
{
    private static readonly Dictionary<string, ParameterValue> Chosen = new() { ["x0"] = 0.25 };

    [Fact]
    public void Asked_MoreThanTheParallelism_StartsThatMany()
    {
        var study = Begin(new StudyLimits { Parallelism = 3 });

        Assert.Equal([0, 1, 2], study.Apply(new TrialsAsked(10)).OfType<StartTrial>().Select(start => start.Trial));
        Assert.Empty(study.Apply(new TrialsAsked(10)));
        study.Apply(new LimitsChanged(new StudyLimits { Parallelism = 5 }));
        Assert.Equal([3, 4], study.Apply(new TrialsAsked(10)).OfType<StartTrial>().Select(start => start.Trial));
    }

    [Fact]
    public void Ended_LastTrialOfTheLimit_EndsTheStudyOnceAndRaisedLimitsOpenItAgain()
    {
        var study = Begin(new StudyLimits { MaxTrials = 1 });
        study.Apply(new TrialsAsked());

        Assert.Equal(new EndStudy(StopReason.Trials), Assert.Single(study.Apply(new TrialCompleted(0, [1]))));
        Assert.Empty(study.Apply(new TrialsAsked()));
        study.Apply(new LimitsChanged(new StudyLimits { MaxTrials = 2 }));
        Assert.IsType<StartTrial>(Assert.Single(study.Apply(new TrialsAsked())));
        Assert.Equal(new EndStudy(StopReason.Trials), Assert.Single(study.Apply(new TrialFailed(1))));
    }

    [Theory]
    [InlineData(StopReason.Time)]
    [InlineData(StopReason.Cost)]
    [InlineData(StopReason.Failures)]
    [InlineData(StopReason.Target)]
    [InlineData(StopReason.Requested)]
    public void Limit_Reached_StartsNoMore(StopReason reason)
    {
        var study = Begin(new StudyLimits { Parallelism = 2, MaxElapsed = TimeSpan.FromHours(1), MaxCost = 5, MaxFailures = 1, Target = 0.5 });
        study.Apply(new TrialsAsked(2));

        study.Apply(reason switch
        {
            StopReason.Time => new ResourcesSpent(TimeSpan.FromHours(2), 0),
            StopReason.Cost => new ResourcesSpent(TimeSpan.Zero, 5),
            StopReason.Failures => new TrialFailed(0),
            StopReason.Target => new TrialCompleted(0, [0.4]),
            _ => new StopRequested(),
        });

        Assert.Equal(reason, study.Stopped);
        Assert.Empty(study.Apply(new TrialsAsked()));
    }

    [Theory]
    [InlineData(FinalValue.Last, 4)]
    [InlineData(FinalValue.Best, 1)]
    [InlineData(FinalValue.MeanOfLast, 3.5)]
    public void Completed_WithoutAValue_TakesItFromTheReportsByTheRule(FinalValue rule, double expected)
    {
        var study = Begin(new StudyLimits(), new Objective("loss") { Final = rule, MeanOf = 2 });
        study.Apply(new TrialsAsked());
        foreach (var (step, value) in new[] { (0, 2.0), (2, 3.0), (1, 1.0), (3, 4.0), (3, 9.0) })
            study.Apply(new MetricReported(0, step, value));

        study.Apply(new TrialCompleted(0));

        Assert.Equal(expected, study.History.Trials[0].Values[0]);
    }

    [Fact]
    public void Completed_ValueThatIsNotANumber_IsAFailure()
    {
        var study = Begin(new StudyLimits());
        study.Apply(new TrialsAsked());

        study.Apply(new TrialCompleted(0, [double.NaN]));

        Assert.Equal(TrialStatus.Failed, study.History.Trials[0].Status);
    }

    [Fact]
    public void Events_ThatComeTwice_ChangeNothing()
    {
        var study = Begin(new StudyLimits());
        study.Apply(new TrialsAsked());
        study.Apply(new MetricReported(0, 1, 3));
        study.Apply(new MetricReported(0, 1, 4));
        study.Apply(new TrialCompleted(0, [3]));
        var before = StudyDriver.Write(study.Snapshot());

        study.Apply(new TrialCompleted(0, [7]));
        study.Apply(new TrialFailed(0));
        study.Apply(new MetricReported(0, 2, 9));

        Assert.Equal(before, StudyDriver.Write(study.Snapshot()));
    }

    [Fact]
    public void Reported_TrialThatThePrunerGivesUp_IsToldToStopOnce()
    {
        var study = Study.Begin(SampleSpaces.Box(1, 0, 1), [new Objective("loss")], new RandomSampler(), new AlwaysPruner(), new StudyLimits(), 1);
        study.Apply(new TrialsAsked());

        Assert.Equal(new StopTrial(0), Assert.Single(study.Apply(new MetricReported(0, 0, 1))));
        Assert.Empty(study.Apply(new MetricReported(0, 1, 1)));
        study.Apply(new TrialPruned(0));
        Assert.Equal(TrialStatus.Pruned, study.History.Trials[0].Status);
    }

    [Fact]
    public void Chosen_Points_ComeFirstAndOnce()
    {
        var study = Begin(new StudyLimits { Parallelism = 3 });
        study.Apply(new PointChosen(Chosen));
        study.Apply(new PointChosen(Chosen));

        var starts = study.Apply(new TrialsAsked(2)).OfType<StartTrial>().ToArray();

        Assert.Equal(0.25, starts[0].Values[0].Value.Number);
        Assert.Equal([TrialOrigin.Chosen, TrialOrigin.Sampled], study.History.Trials.Select(trial => trial.Origin));
    }

    [Fact]
    public void Imported_Trials_AreKnownAndDoNotCount()
    {
        var earlier = Begin(new StudyLimits());
        earlier.Apply(new TrialsAsked());
        earlier.Apply(new TrialCompleted(0, [0.5]));
        var study = Begin(new StudyLimits { MaxTrials = 1 });

        study.Apply(new TrialsImported(earlier.Snapshot().Trials));
        study.Apply(new TrialsImported(earlier.Snapshot().Trials));

        Assert.Equal(1, Assert.Single(study.Apply(new TrialsAsked()).OfType<StartTrial>()).Trial);
        Assert.Equal(TrialOrigin.Imported, study.History.Trials[0].Origin);
    }

    [Fact]
    public void Restore_StateOfALaterVersionOrAnotherSampler_IsRefused()
    {
        var state = Begin(new StudyLimits()).Snapshot();

        Assert.Throws<ArgumentException>(() => Study.Restore(state with { Version = 2 }, new RandomSampler(), new NoPruner()));
        Assert.Throws<ArgumentException>(() => Study.Restore(state with { Sampler = "tpe" }, new RandomSampler(), new NoPruner()));
    }

    [Fact]
    public void Asked_ForbiddenCombinations_AreNeverStarted()
    {
        var study = Study.Begin(SampleSpaces.Everything, [new Objective("loss")], new RandomSampler(), new NoPruner(), new StudyLimits { Parallelism = 500 }, 1);

        var starts = study.Apply(new TrialsAsked(500)).OfType<StartTrial>().Select(start => start.Values.ToDictionary()).ToArray();

        Assert.Equal(500, starts.Length);
        Assert.DoesNotContain(starts, values => values["algo"].Text == "adam" && values["size"].Text == "large");
    }

    private static Study Begin(StudyLimits limits, Objective? objective = null) =>
        Study.Begin(SampleSpaces.Box(1, 0, 1), [objective ?? new Objective("loss")], new RandomSampler(), new NoPruner(), limits, 1);

    private sealed class AlwaysPruner : IPruner
    {
        public string Name => "always";

        public bool ShouldPrune(TrialHistory history, Trial trial) => true;
    }
}
