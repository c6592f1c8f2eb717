using Serverless.Tuning.Pruners;
using Serverless.Tuning.Samplers.PopulationBased;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.PopulationBased;

public sealed class PopulationSamplerTests
{
    private static readonly PopulationOptions Ten = new() { Members = 10, ResampleProbability = 0 };

    [Fact]
    public void Propose_AfterTheFirstTurns_GoodOnesGoOnAndBadOnesCopyGoodOnes()
    {
        var study = StudyRuns.Run(SampleSpaces.Box(1, 1, 100), new PopulationSampler(Ten), 20, 1, trial => [trial.Number % 10]);
        var trials = study.History.Trials;

        Assert.All(trials.Take(10), trial => Assert.Null(trial.Parent));
        Assert.All(trials.Skip(10).Take(8), trial => Assert.Equal((trial.Number - 10, trials[trial.Number - 10].Point[0]), (trial.Parent, trial.Point[0])));
        Assert.All(trials.Skip(18), trial =>
        {
            var model = trials[trial.Parent!.Value];
            Assert.InRange(model.Number % 10, 0, 1);
            var (up, down) = (Math.Min(model.Point[0] * 1.2, 100), Math.Max(model.Point[0] / 1.2, 1));
            Assert.Equal(0, Math.Min(Math.Abs(trial.Point[0] - up), Math.Abs(trial.Point[0] - down)), 9);
        });
    }

    /// <summary>Turns end in any order, some fail: a member never has two at once, nobody falls behind by more than what runs, nobody begins with a failed turn.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(9, 4)]
    public void Propose_WhileOthersRun_GivesEachMemberOneTurnAtATime(int parallelism, int seed)
    {
        var random = new Random(seed);
        var study = Study.Begin(SampleSpaces.Box(1, 1, 100), [new Objective("loss")], new PopulationSampler(new PopulationOptions { Members = 4 }), new NoPruner(), new StudyLimits { Parallelism = parallelism }, seed);
        var running = new List<int>();
        for (var i = 0; i < 300; i++)
        {
            foreach (var start in study.Apply(new TrialsAsked(parallelism - running.Count)).OfType<StartTrial>())
                running.Add(start.Trial);
            Assert.InRange(running.Count, 1, Math.Min(4, parallelism));
            var trial = running[random.Next(running.Count)];
            running.Remove(trial);
            study.Apply(random.Next(10) == 0 ? new TrialFailed(trial) : new TrialCompleted(trial, [random.NextDouble()]));
            study = Study.Restore(study.Snapshot(), new PopulationSampler(new PopulationOptions { Members = 4 }), new NoPruner());
        }

        var trials = study.History.Trials;
        Assert.All(trials.Where(trial => trial.Parent is not null), trial => Assert.Equal(TrialStatus.Complete, trials[trial.Parent!.Value].Status));
        Assert.True(trials.Max(study.History.TurnOf) > 40, $"The longest row has {trials.Max(study.History.TurnOf)} turns.");
    }

    [Fact]
    public void Propose_AfterChosenPoints_TheyAreMembersFirstTurns()
    {
        var study = Study.Begin(SampleSpaces.Box(1, 1, 100), [new Objective("loss")], new PopulationSampler(new PopulationOptions { Members = 3, Truncation = 0.1 }), new NoPruner(), new StudyLimits(), 1);
        var name = study.History.Space.Dimensions[0].Name;
        foreach (var value in new[] { 5.0, 7.0 })
            study.Apply(new PointChosen(new Dictionary<string, ParameterValue> { [name] = value }));
        for (var i = 0; i < 9; i++)
            study.Apply(new TrialCompleted(((StartTrial)study.Apply(new TrialsAsked())[0]).Trial, [i % 3]));
        Assert.Equal([null, null, null, 0, 1, 3], study.History.Trials.Take(6).Select(trial => trial.Parent));
    }

    /// <summary>The toy of figure 2 in the paper: each turn moves along the gradient of a guess that the parameters weigh. Members that copy find what those that do not cannot.</summary>
    [Fact]
    public void Propose_ToyOfThePaper_ReachesTheTop()
    {
        var space = new SpaceDescription([new FloatParameter("h0", 0, 1), new FloatParameter("h1", 0, 1)]);
        var study = Study.Begin(space, [new Objective("q", Direction.Maximize)], new PopulationSampler(new PopulationOptions { Members = 2, Truncation = 0.5 }), new NoPruner(), new StudyLimits(), 4);
        var weights = new List<(double A, double B)>();
        for (var turn = 0; turn < 400; turn++)
        {
            var start = (StartTrial)study.Apply(new TrialsAsked())[0];
            var (a, b) = start.Parent is { } parent ? weights[parent] : (0.9, 0.9);
            var (h0, h1) = (start.Values[0].Value.Number, start.Values[1].Value.Number);
            (a, b) = (a - 0.02 * 2 * h0 * a, b - 0.02 * 2 * h1 * b);
            weights.Add((a, b));
            study.Apply(new TrialCompleted(start.Trial, [1.2 - a * a - b * b]));
        }

        Assert.InRange(study.History.Trials.Max(trial => trial.Values[0]), 1.15, 1.2);
    }
}
