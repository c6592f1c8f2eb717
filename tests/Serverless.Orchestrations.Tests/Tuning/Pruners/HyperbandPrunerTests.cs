using Serverless.Tuning.Pruners;

namespace Serverless.Orchestrations.Tests.Tuning.Pruners;

public sealed class HyperbandPrunerTests
{
    /// <summary>Algorithm 1 of the paper with R = 81 and η = 3: n = ⌈(s_max + 1) / (s + 1) · ηˢ⌉ for s = 4 … 0. The table printed there rounds some of them otherwise.</summary>
    [Fact]
    public void Shares_SettingsOfThePaper_AreThoseOfItsAlgorithm() => Assert.Equal([81, 34, 15, 8, 5], new HyperbandPruner(81).Shares);

    [Fact]
    public void BracketOf_ManyTrials_KeepsTheShares()
    {
        var pruner = new HyperbandPruner(81);
        var counts = new int[5];
        for (var number = 0; number < 14_300; number++)
            counts[pruner.BracketOf(number)]++;

        Assert.All(counts.Zip(pruner.Shares), pair => Assert.InRange(pair.First, 100 * pair.Second * 0.85, 100 * pair.Second * 1.15));
    }

    [Theory]
    [InlineData(80, 4)]
    [InlineData(81, 5)]
    [InlineData(1, 1)]
    public void Shares_LastStep_DecidesHowManyBracketsThereAre(int lastStep, int brackets) => Assert.Equal(brackets, new HyperbandPruner(lastStep).Shares.Count);
}
