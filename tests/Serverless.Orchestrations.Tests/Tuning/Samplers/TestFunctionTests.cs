using Serverless.Benchmarks.Tuning.Functions;
using Serverless.Tuning.Spaces;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers;

/// <summary>The functions of the benchmark, at their published optima and at a place computed with the definitions in Python.</summary>
public sealed class TestFunctionTests
{
    [Theory]
    [InlineData("branin2", new[] { Math.PI, 2.275 }, 0.39788735772973816)]
    [InlineData("branin2", new[] { 1.0, 2.0 }, 21.62763539206238)]
    [InlineData("hartmann6", new[] { 0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573 }, -3.322368011391339)]
    [InlineData("ackley10s", new[] { 12.3, -8.7, 5.1, -14.2, 9.9, -3.3, 17.6, -11.4, 7.2, -19.5 }, 0)]
    [InlineData("ackley10", new[] { 1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 14.217911735010441)]
    [InlineData("rosenbrock5", new[] { 1.0, 1, 1, 1, 1 }, 0)]
    [InlineData("rosenbrock5", new[] { 1.0, 2, 3, 4, 5 }, 14814)]
    [InlineData("levy4", new[] { 1.0, 1, 1, 1 }, 0)]
    [InlineData("levy4", new[] { 0.5, -1, 2, 3 }, 2.1019255309705036)]
    public void Evaluate_OfABox_IsWhatIsPublished(string name, double[] x, double value) =>
        Assert.Equal(value, Named(name).Evaluate(Enumerable.Range(0, x.Length).ToDictionary(i => $"x{i}", i => (ParameterValue)x[i])), 1e-6);

    [Fact]
    public void Evaluate_OfTheMixedFunctionAtItsOptimum_IsItsOptimum()
    {
        var values = new Dictionary<string, ParameterValue>
        {
            ["algo"] = "adam",
            ["n_layers"] = 3,
            ["units_0"] = 64,
            ["units_1"] = 64,
            ["units_2"] = 64,
            ["adam_lr"] = 1e-3,
            ["dropout"] = 0.2,
            ["activation"] = "gelu",
        };

        Assert.Equal(0.05, Named("mixed").Evaluate(values), 1e-12);
        Assert.Equal(0.11, Named("mixed").Evaluate(new Dictionary<string, ParameterValue>(values) { ["activation"] = "relu", ["n_layers"] = 2, ["dropout"] = 0.2 + Math.Sqrt(0.1) }), 1e-12);
        Assert.Equal(0.1, Named("mixed").Evaluate(new Dictionary<string, ParameterValue> { ["algo"] = "tree", ["depth"] = 7, ["min_leaf"] = 4, ["tree_lr"] = 0.1, ["subsample"] = 0.8 }), 1e-12);
        Assert.Equal(0.06, Named("mixed").Evaluate(new Dictionary<string, ParameterValue>
        {
            ["algo"] = "sgd",
            ["n_layers"] = 2,
            ["units_0"] = 128,
            ["units_1"] = 128,
            ["sgd_lr"] = 0.05,
            ["momentum"] = 0.5,
            ["weight_decay"] = 1e-4,
        }), 1e-12);
    }

    private static TestFunction Named(string name) => TestFunctions.All.Single(function => function.Name == name);
}
