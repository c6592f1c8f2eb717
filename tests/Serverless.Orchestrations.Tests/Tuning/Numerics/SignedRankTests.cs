using Serverless.Tuning.Numerics;

namespace Serverless.Orchestrations.Tests.Tuning.Numerics;

public sealed class SignedRankTests
{
    /// <summary>scipy 1.10.1: wilcoxon(d, alternative='greater', zero_method='zsplit'). The last has ties, for which scipy before 1.12 must be told to approximate.</summary>
    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, 0.125)]
    [InlineData(new[] { 0.5, -0.2, 1.1, 2.0, 0.7 }, 0.0625)]
    [InlineData(new[] { 1.0, 1, -1, 2, 0 }, 0.1359092216277475)]
    [InlineData(new[] { 0, 0, 0.5, 1.5 }, 0.09873303667900934)]
    [InlineData(new[] { -1.0, -2, -3 }, 1.0)]
    [InlineData(new[] { 0.3, 0.3, 0.3, 0.3 }, 0.022750131948179195)]
    public void ProbabilityOfGreater_DifferencesOfTheReference_IsItsProbability(double[] differences, double expected) =>
        Assert.Equal(expected, SignedRank.ProbabilityOfGreater(differences), 12);
}
