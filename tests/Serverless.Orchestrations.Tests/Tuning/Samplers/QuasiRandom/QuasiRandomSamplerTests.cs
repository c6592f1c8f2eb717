using Serverless.Tuning.Samplers.QuasiRandom;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.QuasiRandom;

public sealed class QuasiRandomSamplerTests
{
    [Theory]
    [InlineData(QuasiRandomKind.Sobol)]
    [InlineData(QuasiRandomKind.Halton)]
    public void Propose_SixtyFourTrials_FillEveryHalfOfEveryDimensionEvenly(QuasiRandomKind kind)
    {
        var study = StudyRuns.Run(SampleSpaces.Box(4, 0, 1), new QuasiRandomSampler(kind), 64, 3, _ => [0]);

        for (var dimension = 0; dimension < 4; dimension++)
            Assert.InRange(study.History.Trials.Count(trial => trial.Point[dimension] < 0.5), 28, 36);
    }

    [Fact]
    public void Propose_SpaceOfEveryKind_IsSearched()
    {
        var study = StudyRuns.Run(SampleSpaces.Everything, new QuasiRandomSampler(), 64, 3, _ => [0]);

        Assert.Equal(64, study.History.Trials.Count);
        Assert.Equal(3, study.History.Trials.Select(trial => trial.Point[0]).Distinct().Count());
    }

    [Fact]
    public void Propose_OtherSeed_TriesOtherPoints() => Assert.NotEqual(
        StudyRuns.Run(SampleSpaces.Box(2, 0, 1), new QuasiRandomSampler(), 1, 1, _ => [0]).History.Trials[0].Point.ToArray(),
        StudyRuns.Run(SampleSpaces.Box(2, 0, 1), new QuasiRandomSampler(), 1, 2, _ => [0]).History.Trials[0].Point.ToArray());
}
