using Serverless.Tuning.Numerics;

namespace Serverless.Orchestrations.Tests.Tuning.Numerics;

public sealed class CholeskyFactorTests
{
    private const int Size = 13;

    [Fact]
    public void Solve_OfAProduct_GivesBackTheFactor()
    {
        var factor = Factor();
        double[] wanted = [.. Enumerable.Range(0, Size).Select(i => Math.Cos(i))];
        double[] product = [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Sum(j => Element(i, j) * wanted[j]))];

        factor.Solve(product);

        for (var i = 0; i < Size; i++)
            Assert.Equal(wanted[i], product[i], 1e-9);
    }

    [Fact]
    public void Invert_OfAMatrix_MultipliesToOne()
    {
        var inverse = new double[Size * Size];
        Factor().Invert(inverse, new double[Size * Size]);

        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, Size).Sum(k => Element(i, k) * inverse[Math.Max(k, j) * Size + Math.Min(k, j)]), 1e-9);
        }
    }

    [Fact]
    public void TryAppend_AfterTruncate_GivesTheSameBits()
    {
        var once = Factor();
        var again = Factor();
        again.Truncate(5);
        for (var i = 5; i < Size; i++)
            Assert.True(again.TryAppend(Row(i)));
        double[] left = [.. Enumerable.Range(0, Size).Select(i => Math.Sin(i))], right = [.. left];

        once.Solve(left);
        again.Solve(right);

        Assert.Equal(left, right);
        Assert.Equal(once.LogDeterminant, again.LogDeterminant);
    }

    [Fact]
    public void TryAppend_OfARowAlreadyThere_IsRefused()
    {
        var factor = new CholeskyFactor(2);

        Assert.True(factor.TryAppend([1]));
        Assert.False(factor.TryAppend([1, 1]));
        Assert.Equal(1, factor.Count);
    }

    private static CholeskyFactor Factor()
    {
        var factor = new CholeskyFactor(Size);
        for (var i = 0; i < Size; i++)
            Assert.True(factor.TryAppend(Row(i)));
        return factor;
    }

    private static double[] Row(int i) => [.. Enumerable.Range(0, i + 1).Select(j => Element(i, j))];

    private static double Element(int i, int j) => Math.Exp(-0.3 * (i - j) * (i - j)) + (i == j ? 0.1 : 0);
}
