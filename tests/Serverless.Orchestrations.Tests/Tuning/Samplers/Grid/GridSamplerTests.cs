using Serverless.Tuning.Samplers.Grid;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Grid;

public sealed class GridSamplerTests
{
    [Fact]
    public void Propose_SmallSpace_TriesEveryCombinationOnceAndEnds()
    {
        var space = new SpaceDescription(
        [
            new CategoricalParameter("algo", ["a", "b"]),
            new IntParameter("depth", 1, 3) { When = new EqualsCondition("algo", "b") },
            new FloatParameter("x", 0, 1),
            new FloatParameter("lr", 0.01, 1, Log: true),
        ])
        {
            Forbidden = [new AllCondition([new EqualsCondition("algo", "a"), new EqualsCondition("x", 0.5)])],
        };

        var study = StudyRuns.Run(space, new GridSampler(3), 100, 1, _ => [0]);

        Assert.Equal(StopReason.Exhausted, study.Stopped);
        Assert.Equal(6 + 27, study.History.Trials.Count);
        Assert.Equal(33, study.History.Trials.Select(trial => string.Join(' ', trial.Point.ToArray())).Distinct().Count());
        Assert.Contains(study.History.Trials, trial => Math.Abs(trial.Point[3] - 0.1) < 1e-12);
    }

    [Fact]
    public void Propose_HugeSpace_DrawsFromTheGrid()
    {
        var study = StudyRuns.Run(SampleSpaces.Box(60, 0, 1), new GridSampler(5), 20, 1, _ => [0]);

        Assert.All(study.History.Trials, trial => Assert.All(trial.Point.ToArray(), coordinate => Assert.Equal(coordinate * 4, Math.Round(coordinate * 4), 9)));
    }
}
