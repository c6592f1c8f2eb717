using Serverless.Tuning.Sequences;

namespace Serverless.Orchestrations.Tests.Tuning.Sequences;

public sealed class SequenceTests
{
    /// <summary>The first points of scipy.stats.qmc.Sobol(5, scramble=False), which takes them in the order of a Gray code.</summary>
    [Fact]
    public void Sobol_Unscrambled_IsThatOfTheReference()
    {
        double[][] expected =
        [
            [0, 0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5, 0.5], [0.75, 0.25, 0.25, 0.25, 0.75], [0.25, 0.75, 0.75, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375], [0.875, 0.875, 0.125, 0.375, 0.875], [0.625, 0.125, 0.875, 0.625, 0.625], [0.125, 0.625, 0.375, 0.125, 0.125],
        ];

        for (uint index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], Enumerable.Range(0, 5).Select(dimension => SobolSequence.At(index ^ index >> 1, dimension, null)));
    }

    /// <summary>The first points of scipy.stats.qmc.Halton(3, scramble=False).</summary>
    [Fact]
    public void Halton_Unscrambled_IsThatOfTheReference()
    {
        double[][] expected = [[0, 0, 0], [0.5, 1 / 3.0, 0.2], [0.25, 2 / 3.0, 0.4], [0.75, 1 / 9.0, 0.6], [0.125, 4 / 9.0, 0.8]];
        var halton = new HaltonSequence(null);

        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], Enumerable.Range(0, 3).Select(dimension => halton.At(index, dimension)), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>What makes a (0, m, 1)-net: of the first 2^m points each interval of length 2^-m has one, scrambled or not.</summary>
    [Theory]
    [InlineData(1u)]
    [InlineData(77u)]
    public void Sobol_Scrambled_HasOnePointInEachInterval(uint seed)
    {
        for (var dimension = 0; dimension < SobolSequence.MaxDimensions; dimension++)
            Assert.Equal(Enumerable.Range(0, 256), Enumerable.Range(0, 256).Select(index => (int)(SobolSequence.At((uint)index, dimension, seed) * 256)).Order());
    }

    [Fact]
    public void Sobol_TwoSeeds_GiveOtherPoints() => Assert.NotEqual(SobolSequence.At(5, 3, 1), SobolSequence.At(5, 3, 2));

    [Theory]
    [InlineData(1, 0, 64)]
    [InlineData(9, 1, 81)]
    [InlineData(5, 2, 125)]
    public void Halton_Scrambled_HasOnePointInEachInterval(long seed, int dimension, int intervals)
    {
        var halton = new HaltonSequence(seed);

        Assert.Equal(Enumerable.Range(0, intervals), Enumerable.Range(0, intervals).Select(index => (int)(halton.At(index, dimension) * intervals)).Order());
    }
}
