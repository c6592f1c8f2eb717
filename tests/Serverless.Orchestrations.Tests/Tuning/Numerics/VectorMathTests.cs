using System.Runtime.Intrinsics;
using Serverless.Tuning.Numerics;

namespace Serverless.Orchestrations.Tests.Tuning.Numerics;

public sealed class VectorMathTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(31)]
    public void Sums_OfAnyLength_AreThoseOfALoop(int length)
    {
        double[] left = [.. Enumerable.Range(0, length).Select(i => Math.Sin(i + 1))], right = [.. Enumerable.Range(0, length).Select(i => Math.Cos(3 * i))];
        double[] added = [.. left], multiplied = [.. left], distances = [.. left];

        VectorMath.AddScaled(added, 2.5, right);
        VectorMath.Multiply(multiplied, right);
        VectorMath.AddSquaredDistances(distances, 1.5, 0.25, right);

        Assert.Equal(left.Zip(right, (a, b) => a * b).Sum(), VectorMath.Dot(left, right), 1e-13);
        Assert.Equal(left.Zip(right, (a, b) => a * (0.25 - b) * (0.25 - b)).Sum(), VectorMath.WeightedSquaredDistance(left, 0.25, right), 1e-13);
        for (var i = 0; i < length; i++)
        {
            Assert.Equal(left[i] + 2.5 * right[i], added[i], 1e-15);
            Assert.Equal(left[i] * right[i], multiplied[i], 1e-15);
            Assert.Equal(left[i] + 1.5 * (0.25 - right[i]) * (0.25 - right[i]), distances[i], 1e-15);
        }
    }

    [Fact]
    public void Exp_BelowZero_IsWithinThreeUnitsOfTheLastPlace()
    {
        for (var x = 0.0; x > -690; x -= 0.37)
            Assert.Equal(1, VectorMath.Exp(Vector256.Create(x)).GetElement(2) / Math.Exp(x), 1e-15);
    }
}
