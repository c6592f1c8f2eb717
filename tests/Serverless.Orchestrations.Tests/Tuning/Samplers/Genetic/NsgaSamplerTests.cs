using Serverless.Tuning.Pareto;
using Serverless.Tuning.Samplers.Genetic;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Genetic;

public sealed class NsgaSamplerTests
{
    /// <summary>What Optuna 4.9.0 keeps of the same twenty trials (NSGAIIElitePopulationSelectionStrategy).</summary>
    [Theory]
    [InlineData(4, new[] { 0, 5, 12, 13 })]
    [InlineData(7, new[] { 0, 2, 5, 6, 12, 13, 18 })]
    [InlineData(11, new[] { 0, 2, 4, 5, 6, 11, 12, 13, 15, 18, 19 })]
    public void Elite_TrialsOfTheReference_AreThoseThatItKeeps(int population, int[] expected)
    {
        var history = TwoObjectives.Twenty(new RandomSampler()).History;

        Assert.Equal(expected, new NsgaSampler(new NsgaOptions { Population = population }).Elite(history, history.Trials).Select(trial => trial.Number).Order());
    }

    [Fact]
    public void Propose_TwoBowls_DominatesMoreThanChance()
    {
        double[] Values(Trial trial) => [StudyRuns.Bowl(trial, 0.2)[0], StudyRuns.Bowl(trial, 0.8)[0]];
        IReadOnlyList<Objective> objectives = [new("a"), new("b")];
        var space = SampleSpaces.Box(5, 0, 1);

        var genetic = Volume(StudyRuns.Run(space, new NsgaSampler(new NsgaOptions { Population = 20 }), 300, 1, Values, objectives).History);
        var random = Volume(StudyRuns.Run(space, new RandomSampler(), 300, 1, Values, objectives).History);

        Assert.True(genetic > random, $"{genetic} is not above {random}");
    }

    [Fact]
    public void Propose_SpaceOfEveryKind_IsSearched() =>
        Assert.Equal(120, StudyRuns.Run(SampleSpaces.Everything, new NsgaSampler(new NsgaOptions { Population = 20 }), 120, 1, trial => [trial.Point[5]]).History.Trials.Count);

    private static double Volume(TrialHistory history) => Hypervolume.Of([.. history.Trials.Select(trial => trial.Values.ToArray())], [2, 2]);
}
