using Serverless.Orchestrations.Tests.Tuning.Importance;
using Serverless.Tuning.Pareto;
using Serverless.Tuning.Progress;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Progress;

public sealed class StudyProgressTests
{
    [Fact]
    public void Of_OneObjective_SaysTheBestSoFarAndWhichImproved()
    {
        var history = Histories.Of(SampleSpaces.Box(1, 0, 1), [[0.1], [0.2], [0.3], [0.4]], [[3], [5], [2], [2]]);

        var progress = StudyProgress.Of(history);

        Assert.Equal([3, 3, 2, 2], progress.Points.Select(point => point.Best[0]));
        Assert.Equal([true, false, true, false], progress.Points.Select(point => point.Improved));
        Assert.Equal([2], progress.Front);
        Assert.All(progress.Points, point => Assert.Null(point.Hypervolume));
    }

    [Fact]
    public void Of_ObjectiveThatIsToGrow_TakesTheGreatest()
    {
        var history = Histories.Of(SampleSpaces.Box(1, 0, 1), [[0.1], [0.2], [0.3]], [[0.5], [0.9], [0.7]], [new Objective("accuracy", Direction.Maximize)]);

        Assert.Equal([0.5, 0.9, 0.9], StudyProgress.Of(history).Points.Select(point => point.Best[0]));
    }

    /// <summary>Volumes one by one are those of all trials up to then at once.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_SeveralObjectives_GivesTheVolumeOfTheTrialsUpToThen(int objectives)
    {
        var random = new RandomSource(5);
        var values = Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, objectives).Select(_ => random.NextUniform()).ToArray()).ToList();
        var wanted = Enumerable.Range(0, objectives).Select(i => new Objective($"o{i}", i == 1 ? Direction.Maximize : Direction.Minimize)).ToList();
        var history = Histories.Of(SampleSpaces.Box(1, 0, 1), [.. values.Select(_ => new[] { 0.5 })], values, wanted);

        var progress = StudyProgress.Of(history);

        double[][] losses = [.. values.Select(value => value.Select((x, i) => i == 1 ? -x : x).ToArray())];
        Assert.Equal(Hypervolume.ReferenceFor(losses), progress.Reference);
        for (var i = 0; i < losses.Length; i++)
            Assert.Equal(Hypervolume.Of(losses[..(i + 1)], [.. progress.Reference!]), progress.Points[i].Hypervolume!.Value, 1e-9);
        Assert.Equal(Enumerable.Range(0, losses.Length).Where(i => Domination.Ranks(losses)[i] == 0), progress.Front.Order());
    }

    /// <summary>With many objectives most trials are on the front: what a volume takes would have no bound.</summary>
    [Fact]
    public void Of_FrontThatIsTooLarge_CalculatesNoFurtherVolumes()
    {
        var values = Enumerable.Range(0, 200).Select(i => new[] { i, 200 - i, i % 7 / 10.0 }).ToList();
        var history = Histories.Of(SampleSpaces.Box(1, 0, 1), [.. values.Select(_ => new[] { 0.5 })], values, [new Objective("a"), new Objective("b"), new Objective("c")]);

        var progress = StudyProgress.Of(history);

        Assert.Equal(StudyProgress.MostVolumeFront + 1, progress.Points.Count(point => point.Hypervolume is not null));
        Assert.Null(progress.Points[^1].Hypervolume);
    }

    [Fact]
    public void Of_TrialsWithoutValuesAndOfEarlierStudies_ChangeNothing()
    {
        var state = new StudyState(SampleSpaces.Box(1, 0, 1), [new Objective("loss")], RandomState.OfSeed(1).ToString())
        {
            Trials =
            [
                new TrialRecord(0, [0.1], TrialStatus.Complete) { Values = [-5], Origin = TrialOrigin.Imported },
                new TrialRecord(1, [0.1], TrialStatus.Failed) { Ending = new TrialEnding(4, null, 0.5m) },
                new TrialRecord(2, [0.1], TrialStatus.Complete) { Values = [double.PositiveInfinity] },
                new TrialRecord(3, [0.1], TrialStatus.Complete) { Values = [1] },
                new TrialRecord(4, [0.1], TrialStatus.Running),
                new TrialRecord(5, [0.1], TrialStatus.Pruned),
            ],
            Ended = [0, 3, 1, 5, 2],
        };

        var progress = StudyProgress.Of(Study.HistoryOf(state));

        Assert.Equal([3, 1, 5, 2], progress.Points.Select(point => point.Trial.Number));
        Assert.All(progress.Points, point => Assert.Equal([1.0], point.Best));
        Assert.Equal(new TrialEnding(4, null, 0.5m), progress.Points[1].Trial.Ending);
    }
}
