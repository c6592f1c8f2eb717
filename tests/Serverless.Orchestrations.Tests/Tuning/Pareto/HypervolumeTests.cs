using Serverless.Tuning.Pareto;

namespace Serverless.Orchestrations.Tests.Tuning.Pareto;

/// <summary>Volumes and choices of Optuna 4.9.0 (compute_hypervolume and _solve_hssp) for the same points.</summary>
public sealed class HypervolumeTests
{
    private static readonly double[][] Two = [[1, 5], [2, 3], [4, 2], [5, 1], [3, 4], [4, 4]];
    private static readonly double[][] Three = [[1, 5, 3], [2, 3, 4], [4, 2, 2], [5, 1, 5], [3, 4, 1], [4, 4, 4]];
    private static readonly double[][] Four = [[1, 5, 3, 2], [2, 3, 4, 1], [4, 2, 2, 5], [5, 1, 5, 3], [3, 4, 1, 4]];

    [Fact]
    public void Of_PointsOfTheReference_IsItsVolume()
    {
        Assert.Equal(16, Hypervolume.Of(Two, [6, 6]), 9);
        Assert.Equal(59, Hypervolume.Of(Three, [6, 6, 6]), 9);
        Assert.Equal(465, Hypervolume.Of(Four, [6, 7, 8, 6]), 9);
    }

    [Fact]
    public void Of_OnePoint_IsItsBox() => Assert.Equal(6, Hypervolume.Of([[1, 1, 1]], [2, 3, 4]));

    [Fact]
    public void Of_PointBeyondTheReference_IsNothing() => Assert.Equal(0, Hypervolume.Of([[1, 9]], [2, 3]));

    [Fact]
    public void Choose_PointsOfTheReference_ChoosesTheSame()
    {
        Assert.Equal([2, 4, 1], Hypervolume.Choose(Three[..5], 3, [6, 6, 6]));
        Assert.Equal([1, 2], Hypervolume.Choose(Two[..4], 2, [6, 6]));
    }

    [Fact]
    public void Contributions_DominatedPoint_IsNothing() => Assert.Equal([1, 4, 0], Hypervolume.Contributions([[1, 3], [2, 1], [3, 3]], [4, 4]).Select(gain => Math.Round(gain, 9)));
}
