using FsCheck;
using FsCheck.Fluent;
using Serverless.Tuning.Pareto;
using Serverless.Tuning.Randomness;

namespace Serverless.Orchestrations.Tests.Tuning.Pareto;

public sealed class DominationTests
{
    [Fact]
    public void Ranks_AnyPoints_ArePeeledOffFrontByFront() =>
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (seed, losses) =>
        {
            var random = new RandomSource(seed);
            var points = Enumerable.Range(0, 30).Select(_ => Enumerable.Range(0, losses).Select(_ => (double)random.NextBelow(6)).ToArray()).ToArray();
            var ranks = Domination.Ranks(points);
            return Enumerable.Range(0, points.Length).All(index =>
                ranks[index] == Enumerable.Range(0, points.Length).Where(other => Domination.Dominates(points[other], points[index])).Select(other => ranks[other] + 1).DefaultIfEmpty(0).Max());
        }).QuickCheckThrowOnFailure();

    /// <summary>By hand: widths 4 and 4; the middle points have (3 - 1 + 5 - 2) / 4 and (5 - 2 + 4 - 1) / 4.</summary>
    [Fact]
    public void Distances_Front_IsTheRoomBetweenNeighbours() =>
        Assert.Equal([double.PositiveInfinity, 1.25, 1.5, double.PositiveInfinity], Crowding.Distances([[1, 5], [2, 4], [3, 2], [5, 1]]));
}
