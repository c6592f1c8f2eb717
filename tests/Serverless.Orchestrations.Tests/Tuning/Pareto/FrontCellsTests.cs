using Serverless.Tuning.Pareto;
using Serverless.Tuning.Randomness;

namespace Serverless.Orchestrations.Tests.Tuning.Pareto;

public sealed class FrontCellsTests
{
    /// <summary>The boxes and what the front dominates fill the space up to the reference point exactly, whatever the points.</summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(2, 30)]
    [InlineData(3, 1)]
    [InlineData(3, 25)]
    [InlineData(4, 9)]
    public void Cells_OfAnyFront_FillWhatItDoesNotDominate(int losses, int count)
    {
        var random = new RandomSource(7);
        // On a coarse grid losses are often equal.
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, losses).Select(_ => random.NextBelow(8) / 8.0).ToArray())];
        double[] reference = [.. Enumerable.Repeat(1.0, losses)];

        var front = new FrontCells(points, reference);

        var volume = front.Cells.Sum(cell => Enumerable.Range(0, losses).Aggregate(1.0, (product, loss) =>
            product * (front.Bounds[loss][cell[2 * loss + 1]] - Math.Max(0, front.Bounds[loss][cell[2 * loss]]))));
        Assert.Equal(1, volume + Hypervolume.Of(points, reference), 1e-12);
    }

    [Fact]
    public void Cells_NoPointBeforeTheReference_AreOneBox()
    {
        var front = new FrontCells([[2, 0], [0, 1]], [1, 1]);

        Assert.Equal([0, 1, 0, 1], Assert.Single(front.Cells));
    }
}
