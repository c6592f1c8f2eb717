using Serverless.Tuning.Pareto;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Samplers.Tpe;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Tpe;

public sealed class TpeSamplerTests
{
    public static TheoryData<TpeModel> Models => [.. Enum.GetValues<TpeModel>()];

    /// <summary>Chance reaches 0.10 in the median of seeds in four dimensions; a model that works is far below half of it.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Propose_Bowl_IsFoundFasterThanByChance(TpeModel model)
    {
        var best = Enumerable.Range(0, 5).Select(seed => StudyRuns.Best(
            StudyRuns.Run(SampleSpaces.Box(4, -1, 1), new TpeSampler(new TpeOptions { Model = model }), 100, seed, trial => StudyRuns.Bowl(trial, 0.3)))).Order().ElementAt(2);

        Assert.InRange(best, 0, 0.05);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Propose_SpaceOfEveryKind_IsSearched(TpeModel model)
    {
        var study = StudyRuns.Run(SampleSpaces.Everything, new TpeSampler(new TpeOptions { Model = model }), 80, 1, trial => [trial.Point[0] + trial.Point[5]]);

        Assert.InRange(study.History.Trials.Skip(40).Count(trial => trial.Point[0] == 0), 21, 40);
    }

    /// <summary>What Optuna 4.9.0 takes for good of the same twenty trials, and how it weighs them (_split_trials, _calculate_weights_below_for_multi_objective).</summary>
    [Theory]
    [InlineData(4, new[] { 0, 5, 12, 13 }, new[] { 0.414833438, 0, 1, 0 })]
    [InlineData(7, new[] { 0, 5, 6, 11, 12, 13, 18 }, new[] { 0.455046884, 0, 0, 0, 1, 0, 0 })]
    [InlineData(11, new[] { 0, 2, 4, 5, 6, 11, 12, 13, 15, 18, 19 }, new[] { 0.181621622, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0 })]
    public void Split_TwoObjectives_IsThatOfTheReference(int good, int[] expected, double[] weights)
    {
        var learned = new LearnedTrials(TwoObjectives.Twenty(new RandomSampler()).History);
        learned.Learn();

        learned.Split(good);

        Assert.Equal(expected, Enumerable.Range(0, 20).Where(row => learned.IsGood[row]));
        Assert.Equal(weights, expected.Select(row => learned.GoodWeights![row]), (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void Propose_TwoObjectives_DominateMoreThanByChance()
    {
        double[] Values(Trial trial) => [StudyRuns.Bowl(trial, 0.2)[0], StudyRuns.Bowl(trial, 0.8)[0]];
        IReadOnlyList<Objective> objectives = [new("a"), new("b")];
        double Volume(TrialHistory history) => Hypervolume.Of([.. history.Trials.Select(trial => trial.Values.ToArray())], [2, 2]);

        var tpe = Volume(StudyRuns.Run(SampleSpaces.Box(3, 0, 1), new TpeSampler(), 100, 2, Values, objectives).History);
        var random = Volume(StudyRuns.Run(SampleSpaces.Box(3, 0, 1), new RandomSampler(), 100, 2, Values, objectives).History);

        Assert.True(tpe > random, $"{tpe} is not above {random}");
    }

    /// <summary>Twenty points at once after twenty trials: those that know of each other lie farther apart.</summary>
    [Fact]
    public void Propose_ManyAtOnceWithALiar_LieFartherApart()
    {
        double Spread(bool liar) => Enumerable.Range(0, 10).Average(seed =>
        {
            var study = Study.Begin(SampleSpaces.Box(2, 0, 1), [new Objective("loss")], new TpeSampler(new TpeOptions { ConstantLiar = liar }), new NoPruner(), new StudyLimits { Parallelism = 40 }, seed);
            foreach (var start in study.Apply(new TrialsAsked(20)).OfType<StartTrial>())
                study.Apply(new TrialCompleted(start.Trial, StudyRuns.Bowl(study.History.Trials[start.Trial], 0.5)));
            study.Apply(new TrialsAsked(20));
            var points = study.History.Trials.Skip(20).ToArray();
            return points.Average(trial => points.Where(other => other != trial).Min(other => Math.Abs(other.Point[0] - trial.Point[0]) + Math.Abs(other.Point[1] - trial.Point[1])));
        });

        Assert.True(Spread(true) > Spread(false));
    }

    /// <summary>A study that was restored learns all at once what another learnt one by one; ties are many here.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Learn_ManyTrialsAtOnce_IsAsOneByOne(TpeModel model)
    {
        var grown = new TpeSampler(new TpeOptions { Model = model });
        var study = StudyRuns.Run(SampleSpaces.Everything, grown, 150, 1, trial => [trial.Point[5]]);
        var random = new RandomSource(7);

        var slow = grown.Propose(study.History, SamplerMemory.Empty, new RandomSource(random.State));
        var fast = new TpeSampler(new TpeOptions { Model = model }).Propose(study.History, SamplerMemory.Empty, random);

        Assert.Equal(slow.Point, fast.Point);
    }

    /// <summary>Pruned trials are worse than complete ones, and the farther they came the better (as in Optuna).</summary>
    [Fact]
    public void Split_PrunedTrials_ComeAfterCompleteOnesByHowFarTheyCame()
    {
        var study = Study.Begin(SampleSpaces.Box(1, 0, 1), [new Objective("loss")], new RandomSampler(), new NoPruner(), new StudyLimits { Parallelism = 5 }, 1);
        study.Apply(new TrialsAsked(5));
        study.Apply(new MetricReported(0, 3, 1));
        study.Apply(new MetricReported(1, 7, 9));
        study.Apply(new MetricReported(2, 7, 8));
        foreach (var number in new[] { 0, 1, 2 })
            study.Apply(new TrialPruned(number));
        study.Apply(new TrialCompleted(3, [100]));
        study.Apply(new TrialFailed(4));
        var learned = new LearnedTrials(study.History);
        learned.Learn();

        learned.Split(2);

        Assert.Equal(4, learned.Count);
        Assert.Equal([false, false, true, true], learned.IsGood.ToArray());
    }
}
