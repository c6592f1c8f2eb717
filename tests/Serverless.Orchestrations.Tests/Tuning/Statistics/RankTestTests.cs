using Serverless.Benchmarks.Tuning.Statistics;

namespace Serverless.Orchestrations.Tests.Tuning.Statistics;

/// <summary>The test by which the benchmark judges, against mannwhitneyu(alternative='greater', method='asymptotic') of SciPy 1.10.1.</summary>
public sealed class RankTestTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, new[] { 2.5, 3.5, 4.5, 5.5, 6.5 }, 0.9281639590965198)]
    [InlineData(new[] { 3.0, 4, 5, 6, 7, 7 }, new[] { 1.0, 2, 3, 3, 5 }, 0.020861355034771687)]
    [InlineData(new[] { 1.0, 1, 1 }, new[] { 1.0, 1, 1, 1 }, 1.0)]
    public void ProbabilityThatGreater_OfSamples_IsScipys(double[] left, double[] right, double probability) =>
        Assert.Equal(probability, RankTest.ProbabilityThatGreater(left, right), 1e-9);

    [Fact]
    public void Corrected_OfProbabilities_FollowsHolm() => Assert.Equal([0.03, 0.06, 0.06, 0.02], RankTest.Corrected([0.01, 0.04, 0.03, 0.005]));
}
