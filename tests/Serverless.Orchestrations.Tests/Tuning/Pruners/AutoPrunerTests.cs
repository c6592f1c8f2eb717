using Serverless.Tuning.Pruners;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Pruners;

/// <summary>The pruner for whoever does not want to choose.</summary>
public sealed class AutoPrunerTests
{
    [Theory]
    [InlineData(10, false)]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(1_000, true)]
    public void FirstTrialAtARung_IsGivenUpInALargeStudyOnly(int trials, bool givenUp)
    {
        var study = Begin(trials, lastStep: 6);

        Assert.Equal(givenUp, study.Apply(new MetricReported(0, 1, 1.0)).OfType<StopTrial>().Any());
    }

    [Fact]
    public void SmallStudy_WorseTrials_AreGivenUpAllTheSame()
    {
        var study = Begin(10, lastStep: 6);
        study.Apply(new MetricReported(0, 1, 1.0));

        Assert.Contains(new StopTrial(1), study.Apply(new MetricReported(1, 1, 2.0)));
    }

    [Fact]
    public void LastStepNotKnown_NothingIsGivenUpBeforeATrialIsComplete()
    {
        var study = Begin(1_000, lastStep: null);

        Assert.Empty(study.Apply(new MetricReported(0, 1, 1.0)));
        Assert.Empty(study.Apply(new MetricReported(1, 1, 2.0)));
    }

    private static Study Begin(int trials, int? lastStep)
    {
        var space = new SpaceDescription([new FloatParameter("x", 0, 1)]);
        var study = Study.Begin(space, [new Objective("loss")], new RandomSampler(), new AutoPruner(lastStep), new StudyLimits { MaxTrials = trials, Parallelism = 2 }, 1);
        study.Apply(new TrialsAsked(2));
        return study;
    }
}
