using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Planning;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Tests.Tuning.Planning;

/// <summary>What a plan comes to with the sampler that stands in, beside those that it stands in for.</summary>
public sealed class StandInSamplerTests
{
    private const int Runs = 20;

    private static readonly Dictionary<string, double> Nothing = [];

    [Theory]
    [InlineData("tpe", "median")]
    [InlineData("tpe", "successive-halving")]
    [InlineData("auto", "median")]
    public void Study_WithTheStandIn_CostsWhatItCostsWithTheSampler(string sampler, string pruner)
    {
        var real = Seconds(() => SamplerCatalog.Create(sampler, Nothing, out _)!, pruner);
        var standIn = Seconds(() => new StandInSampler(), pruner);

        // Medians of 20 studies that differ by a third among each other: a sixth is what chance leaves.
        Assert.InRange(standIn.Median / real.Median, 1 / 1.17, 1.17);
    }

    [Fact]
    public void Study_WithTheStandIn_PrunesLessThanByChance() =>
        Assert.True(Seconds(() => new StandInSampler(), "median").Median > Seconds(() => new RandomSampler(), "median").Median);

    private static Spread Seconds(Func<ISampler> sampler, string pruner) =>
        Forecast.Of(PlannedStudies.Pruned(new StudyLimits { MaxTrials = 48, Parallelism = 2 }, pruner) with { Sampler = sampler }, 1, Runs, 10_000, TestContext.Current.CancellationToken).TrialSeconds;
}
