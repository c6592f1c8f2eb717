using Serverless.Orchestrations.Studies.Findings;

namespace Serverless.Orchestrations.Tests.Studies.Findings;

public sealed class CurvePickTests
{
    [Fact]
    public void Of_FewPoints_KeepsAll() => Assert.Equal([0, 1, 2, 3], CurvePick.Of([4, 3, 2, 1], 4));

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(999)]
    public void Of_ManyPoints_KeepsEndsAndPeaksWithinTheBound(int most)
    {
        double[] values = [.. Enumerable.Range(0, 1_000).Select(i => Math.Sin(i / 50.0))];
        values[501] = 9;
        values[733] = -9;

        var picked = CurvePick.Of(values, most);

        Assert.InRange(picked.Count, 4, most);
        Assert.Equal((0, 999), (picked[0], picked[^1]));
        Assert.Equal(picked.Order().Distinct(), picked);
        Assert.Contains(501, picked);
        Assert.Contains(733, picked);
    }

    [Fact]
    public void Of_ValuesThatAreNoNumbers_PassesOverThem()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? double.NaN : i)];

        var picked = CurvePick.Of(values, 6);

        Assert.Equal([0, 1, 49, 50, 98, 99], picked);
    }
}
