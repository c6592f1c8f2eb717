namespace Serverless.Tuning.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 2013, section 8.5).</summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">Row after row; left as it is.</param>
    /// <param name="size">Its rows.</param>
    /// <returns>The eigenvalues, and the eigenvectors as columns, row after row.</returns>
    public static (double[] Values, double[] Vectors) Of(ReadOnlySpan<double> matrix, int size)
    {
        var a = matrix.ToArray();
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++)
            vectors[i * size + i] = 1;
        for (var sweep = 0; sweep < MaxSweeps && OffDiagonal(a, size) > 1e-30 * Diagonal(a, size); sweep++)
        {
            for (var p = 0; p < size - 1; p++)
            {
                for (var q = p + 1; q < size; q++)
                    Rotate(a, vectors, size, p, q);
            }
        }

        return ([.. Enumerable.Range(0, size).Select(i => a[i * size + i])], vectors);
    }

    private static void Rotate(double[] a, double[] vectors, int size, int p, int q)
    {
        var off = a[p * size + q];
        if (off == 0)
            return;
        var theta = (a[q * size + q] - a[p * size + p]) / (2 * off);
        var t = theta == 0 ? 1 : Math.Sign(theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < size; k++)
            (a[k * size + p], a[k * size + q]) = (c * a[k * size + p] - s * a[k * size + q], s * a[k * size + p] + c * a[k * size + q]);
        for (var k = 0; k < size; k++)
            (a[p * size + k], a[q * size + k]) = (c * a[p * size + k] - s * a[q * size + k], s * a[p * size + k] + c * a[q * size + k]);
        for (var k = 0; k < size; k++)
            (vectors[k * size + p], vectors[k * size + q]) = (c * vectors[k * size + p] - s * vectors[k * size + q], s * vectors[k * size + p] + c * vectors[k * size + q]);
    }

    private static double Diagonal(double[] a, int size) => Enumerable.Range(0, size).Sum(i => a[i * size + i] * a[i * size + i]);

    private static double OffDiagonal(double[] a, int size)
    {
        var sum = 0.0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
                sum += a[i * size + j] * a[i * size + j];
        }

        return sum;
    }
}
