using Serverless.Tuning.Importance;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Importance;

public sealed class ParameterRankingTests
{
    private static readonly SpaceDescription Conditional = new(
    [
        new CategoricalParameter("optimizer", ["sgd", "adam"]),
        new FloatParameter("lr", 0, 1),
        new FloatParameter("momentum", 0, 1) { When = new EqualsCondition("optimizer", "sgd") },
        new FloatParameter("beta", 0, 1) { When = new EqualsCondition("optimizer", "adam") },
        new FloatParameter("nesterov", 0, 1) { When = new BetweenCondition("momentum", 0.5, null) },
        new ConstantParameter("epochs", 10),
    ]);

    public static TheoryData<ImportanceMethod> Methods => [.. Enum.GetValues<ImportanceMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_SameTrials_GivesTheSameBits(ImportanceMethod method)
    {
        var history = RecordedTrials.All["mixed"].ToHistory();
        var options = new ImportanceOptions { Method = method, Pairs = true };

        Assert.Equal(ParameterRanking.Of(history, options).Parameters, ParameterRanking.Of(history, options).Parameters);
        Assert.Equal(ParameterRanking.Of(history, options).Pairs, ParameterRanking.Of(history, options).Pairs);
    }

    /// <summary>Where the optimizer is sgd, momentum is four fifths of the variance; where it is adam, beta is all but nothing.</summary>
    [Fact]
    public void Of_ConditionalParameters_CountsThemWhereTheyAre()
    {
        var history = Histories.Run(Conditional, 1_200, at => at("optimizer") == 0 ? at("lr") + 2 * at("momentum") : at("lr") + 3 + 0.1 * at("beta"));

        var report = ParameterRanking.Of(history, new ImportanceOptions());

        var by = report.Parameters.ToDictionary(parameter => parameter.Name);
        Assert.InRange(by["momentum"].Value, 0.75, 0.85);
        Assert.InRange(by["beta"].Value, 0, 0.05);
        Assert.InRange(by["nesterov"].Value, 0, 0.05);
        Assert.Equal(1_200, by["optimizer"].Trials);
        Assert.Equal(history.Trials.Count(trial => trial.Point[0] == 0), by["momentum"].Trials);
        Assert.InRange(by["nesterov"].Trials, 250, 350);

        // Of the whole: the optimizer's means are 2 apart (variance 1.0), lr has 1/12, momentum 4/12 in half the trials.
        Assert.InRange(by["optimizer"].Value, 0.75, 0.9);
        Assert.Equal([new UnrankedParameter("epochs", UnrankedReason.Constant, 1_200)], report.Unranked);
    }

    [Fact]
    public void Of_ConditionalParameters_CountsTheirDivergenceWhereTheyAre()
    {
        var history = Histories.Run(Conditional, 1_200, at => at("optimizer") == 0 ? at("lr") + 2 * at("momentum") : at("lr") + 3 + 0.1 * at("beta"));

        var report = ParameterRanking.Of(history, new ImportanceOptions { Method = ImportanceMethod.PedAnova });

        var by = report.Parameters.ToDictionary(parameter => parameter.Name);
        Assert.True(by["momentum"].Value > 5 * by["beta"].Value);
        Assert.Null(report.Fit);
    }

    [Fact]
    public void Of_PairsOfConditionalParameters_AreLookedAtWhereBothAre()
    {
        var history = Histories.Run(Conditional, 1_200, at => at("optimizer") == 0 ? (at("lr") - 0.5) * (at("momentum") - 0.5) : 0);

        var report = ParameterRanking.Of(history, new ImportanceOptions { Pairs = true });

        Assert.Equal(("lr", "momentum"), (report.Pairs[0].First, report.Pairs[0].Second));
        Assert.InRange(report.Pairs[0].Value, 0.6, 1);
        Assert.DoesNotContain(report.Pairs, pair => (pair.First, pair.Second) is ("momentum", "beta") or ("optimizer", "momentum"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_TooFewTrials_SaysSo(ImportanceMethod method)
    {
        var report = ParameterRanking.Of(Histories.Run(SampleSpaces.Box(2, 0, 1), 9, at => at("x0")), new ImportanceOptions { Method = method });

        Assert.Equal((ImportanceShortage.FewTrials, 9), (report.Shortage, report.Trials));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_EqualValues_SaysSo(ImportanceMethod method) =>
        Assert.Equal(ImportanceShortage.EqualValues, ParameterRanking.Of(Histories.Run(SampleSpaces.Box(2, 0, 1), 30, _ => 7), new ImportanceOptions { Method = method }).Shortage);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_NothingThatVaries_SaysSo(ImportanceMethod method)
    {
        var points = Enumerable.Range(0, 20).Select(_ => new[] { 0.5, 0 }).ToList();
        var history = Histories.Of(new SpaceDescription([new FloatParameter("x", 0, 1), new ConstantParameter("y", 1)]), points, [.. points.Select((_, i) => new double[] { i })]);

        var report = ParameterRanking.Of(history, new ImportanceOptions { Method = method });

        Assert.Equal(ImportanceShortage.NothingVaries, report.Shortage);
        Assert.Equal([UnrankedReason.SameValue, UnrankedReason.Constant], report.Unranked.Select(parameter => parameter.Reason));
    }

    /// <summary>The state is made by hand: trials that are pruned, failed, infinite or still running stand between those that count.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_TrialsThatAreNotComplete_DoNotCount(ImportanceMethod method)
    {
        var complete = Histories.Run(SampleSpaces.Box(2, 0, 1), 60, at => at("x0"));
        var odd = new List<TrialRecord>();
        foreach (var (i, trial) in complete.Trials.Index())
        {
            odd.Add(new TrialRecord(3 * i, trial.Point.ToArray(), TrialStatus.Complete) { Values = trial.Values.ToArray() });
            odd.Add(new TrialRecord(3 * i + 1, [0.5, i / 60.0], i % 2 == 0 ? TrialStatus.Pruned : TrialStatus.Failed));
            odd.Add(new TrialRecord(3 * i + 2, [0.5, 1 - i / 60.0], TrialStatus.Complete) { Values = [i % 2 == 0 ? double.PositiveInfinity : double.NegativeInfinity] });
        }

        var history = Study.HistoryOf(new StudyState(SampleSpaces.Box(2, 0, 1), complete.Objectives, RandomState.OfSeed(1).ToString()) { Trials = odd, Ended = [.. odd.Select(trial => trial.Number)] });
        var options = new ImportanceOptions { Method = method };

        var report = ParameterRanking.Of(history, options);

        Assert.Equal(ParameterRanking.Of(complete, options).Parameters, report.Parameters);
        Assert.Equal((60, 60), (report.Trials, report.Infinite));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_SecondObjectiveThatIsToGrow_CountsTheGreatestAsGood(ImportanceMethod method)
    {
        var draws = Histories.Run(SampleSpaces.Box(2, 0, 1), 200, at => at("x1"));
        var points = draws.Trials.Select(trial => trial.Point.ToArray()).ToList();
        var history = Histories.Of(
            SampleSpaces.Box(2, 0, 1), points, [.. points.Select(point => new[] { point[0], point[1] > 0.9 ? 1e3 * point[1] : point[1] })],
            [new Objective("loss"), new Objective("score", Direction.Maximize)]);

        Assert.Equal("x0", ParameterRanking.Of(history, new ImportanceOptions { Method = method }).Parameters[0].Name);
        Assert.Equal("x1", ParameterRanking.Of(history, new ImportanceOptions { Method = method, Objective = 1 }).Parameters[0].Name);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_HugeValues_StayNumbers(ImportanceMethod method)
    {
        var report = ParameterRanking.Of(Histories.Run(SampleSpaces.Box(2, 0, 1), 100, at => (at("x0") - 0.5) * 1.7e308), new ImportanceOptions { Method = method, Pairs = true });

        Assert.Equal("x0", report.Parameters[0].Name);
        Assert.All(report.Parameters, parameter => Assert.True(double.IsFinite(parameter.Value) && double.IsFinite(parameter.Importance)));
    }

    [Fact]
    public void Of_ManyTrials_LearnsFromAnEvenPick()
    {
        var report = ParameterRanking.Of(Histories.Run(SampleSpaces.Box(1, 0, 1), 5_500, at => at("x0")), new ImportanceOptions { Trees = 2 });

        Assert.Equal((5_500, ImportanceOptions.MostTrials), (report.Trials, report.MostLearnt));
        Assert.Equal(5_500, report.Parameters[0].Trials);
    }
}
