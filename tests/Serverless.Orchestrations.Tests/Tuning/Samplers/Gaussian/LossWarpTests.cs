using Serverless.Tuning.Samplers.Gaussian;

namespace Serverless.Orchestrations.Tests.Tuning.Samplers.Gaussian;

public sealed class LossWarpTests
{
    private static readonly double[] Losses = [3, 1, 100, 7, 2.5, 40, 1.5];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Apply_OfAnyWarp_KeepsTheOrderAndStandardizes(int warp)
    {
        var (values, _) = LossWarp.Apply(Losses, warp);

        Assert.Equal(Enumerable.Range(0, 7).OrderBy(i => Losses[i]), Enumerable.Range(0, 7).OrderBy(i => values[i]));
        Assert.Equal(0, values.Sum(), 1e-9);
        Assert.Equal(7, values.Sum(value => value * value), 1e-9);
    }

    /// <summary>The Jacobian must make densities of the losses comparable: numerically, minus the sum of the logarithms of the slopes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Apply_OfAWarp_GivesItsJacobian(int warp)
    {
        var (values, jacobian) = LossWarp.Apply(Losses, warp);
        var offset = (warp == 1 ? 1 : 0.01) * 2; // the median is 2 above the best
        double[] sorted = [.. Losses.Order()], warped = [.. values.Order()];
        var deviation = Math.Log((sorted[6] - 1 + offset) / offset) / (warped[6] - warped[0]);

        Assert.Equal(Losses.Sum(loss => Math.Log((loss - 1 + offset) * deviation)), jacobian, 1e-9);
    }

    [Fact]
    public void Apply_OfEqualLosses_IsFinite()
    {
        for (var warp = 0; warp < LossWarp.Count; warp++)
            Assert.All(LossWarp.Apply([2, 2, 2], warp).Values, value => Assert.True(double.IsFinite(value)));
    }
}
