using Serverless.Tuning.Numerics;

namespace Serverless.Orchestrations.Tests.Tuning.Numerics;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Of_AMatrix_GivesItBackFromItsParts(int size)
    {
        double[] matrix = [.. Enumerable.Range(0, size * size).Select(k => Math.Cos(k / size + k % size) + (k / size == k % size ? 3 : 0))];

        var (values, vectors) = SymmetricEigen.Of(matrix, size);

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Assert.Equal(matrix[i * size + j], Enumerable.Range(0, size).Sum(k => vectors[i * size + k] * values[k] * vectors[j * size + k]), 1e-10);
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, size).Sum(k => vectors[k * size + i] * vectors[k * size + j]), 1e-10);
            }
        }
    }
}
