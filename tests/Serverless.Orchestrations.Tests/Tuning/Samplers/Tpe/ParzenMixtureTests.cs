using Serverless.Tuning.Pruners;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Samplers.Tpe;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Tpe;

/// <summary>Densities against those of Optuna 4.9.0 (its class _ParzenEstimator with the default weights) for the same five trials and the same three points.</summary>
public sealed class ParzenMixtureTests
{
    private static readonly SpaceDescription Space = new(
    [
        new FloatParameter("x", -5, 10),
        new FloatParameter("lr", 1e-5, 1, Log: true),
        new IntParameter("n", 1, 12),
        new IntParameter("u", 8, 512, Log: true),
        new FloatParameter("s", 0, 0.6, Step: 0.1),
        new CategoricalParameter("c", ["a", "b", "c"]),
    ]);

    private static readonly ParameterValue[][] Trials =
    [
        [-4, 1e-4, 1, 8, 0, "a"],
        [9.5, 0.5, 12, 512, 0.6, "c"],
        [1, 2e-3, 3, 100, 0.3, "c"],
        [1.2, 1e-5, 3, 64, 0.1, "b"],
        [3, 0.03, 7, 65, 0.3, "c"],
    ];

    private static readonly ParameterValue[][] Points = [[0, 1e-3, 2, 60, 0.2, "a"], [1.1, 1e-5, 3, 8, 0, "b"], [9.9, 0.9, 12, 511, 0.5, "c"]];

    /// <summary>Half of the widest step's relative error where a step is taken for its density (0.1² / 24), and the reference's own: it is written to 16 digits.</summary>
    private const double Tolerance = 3e-4;

    [Theory]
    [InlineData(TpeModel.Independent, 0, -2.4175457883493636, -2.368879048941185, -3.183618523189205)]
    [InlineData(TpeModel.Independent, 1, -2.4864944601316057, -2.325721253191337, -2.687094717694434)]
    [InlineData(TpeModel.Independent, 2, -2.0345058112524304, -2.0813918059727303, -2.986401855497691)]
    [InlineData(TpeModel.Independent, 3, -5.228762589935391, -3.9817056232350265, -7.911618862728185)]
    [InlineData(TpeModel.Independent, 4, -1.8788740546840492, -1.6720200764089297, -2.180177427225496)]
    [InlineData(TpeModel.Independent, 5, -1.349926716949016, -1.349926716949016, -0.7308875085427924)]
    [InlineData(TpeModel.Multivariate, 0, -2.459745141727623, -2.3373673845367504, -2.7912367296411333)]
    [InlineData(TpeModel.Multivariate, 1, -2.586447334823828, -2.206916816908464, -2.5882866169142043)]
    [InlineData(TpeModel.Multivariate, 2, -1.9953371732053253, -2.0354331017619156, -2.5876314726595253)]
    [InlineData(TpeModel.Multivariate, 3, -5.187387978322316, -3.5169188764411157, -7.594933247916145)]
    [InlineData(TpeModel.Multivariate, 4, -1.8105627659469985, -1.83591542920704, -2.2711297532327634)]
    [InlineData(TpeModel.Multivariate, 5, -1.349926716949016, -1.349926716949016, -0.7308875085427924)]
    public void LogDensity_OneDimension_IsThatOfTheReference(TpeModel model, int dimension, double first, double second, double third) =>
        AssertDensities(model, [dimension], first, second, third);

    [Fact]
    public void LogDensity_AllDimensionsJointly_IsThatOfTheReference() =>
        AssertDensities(TpeModel.Grouped, [0, 1, 2, 3, 4, 5], -15.268434879639425, -13.411087337592987, -12.854886439596322);

    [Fact]
    public void Weights_ManyTrials_RiseToTheLatestOnes()
    {
        var weights = new double[30];
        TrialWeights.Fill(weights, 25);

        Assert.Equal([1 / 30.0, 0.275, 0.5166666666666667, 0.7583333333333333, 1, 1], weights.Take(6).Select(weight => Math.Round(weight, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(weights.Skip(5), weight => Assert.Equal(1, weight));
    }

    private static void AssertDensities(TpeModel model, int[] dimensions, params double[] expected)
    {
        var study = Study.Begin(Space, [new Objective("loss")], new RandomSampler(), new NoPruner(), new StudyLimits(), 1);
        foreach (var trial in Trials)
        {
            study.Apply(new PointChosen(Values(trial)));
            var start = (StartTrial)study.Apply(new TrialsAsked())[0];
            study.Apply(new TrialCompleted(start.Trial, [1]));
        }

        var learned = new LearnedTrials(study.History);
        learned.Learn();
        learned.Split(0);
        var mixture = new ParzenMixture();
        mixture.Build(learned, [.. dimensions.Select(index => study.History.Space.Dimensions[index])], new TpeOptions { Model = model }, ofGood: false);
        for (var point = 0; point < Points.Length; point++)
        {
            var coordinates = study.History.Space.PointOf(Values(Points[point]));
            Assert.Equal(expected[point], mixture.LogDensity([.. dimensions.Select(index => coordinates[index])]), Tolerance);
        }
    }

    private static Dictionary<string, ParameterValue> Values(ParameterValue[] values) =>
        Space.Parameters.Zip(values, (parameter, value) => KeyValuePair.Create(parameter.Name, value)).ToDictionary();
}
