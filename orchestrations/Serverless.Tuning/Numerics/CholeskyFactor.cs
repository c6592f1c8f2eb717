namespace Serverless.Tuning.Numerics;

/// <summary>
/// The lower factor L of a symmetric positive definite matrix L·Lᵀ, built row by row: appending rows one at a time and factoring at once
/// are the same operations, so they give the same bits.
/// </summary>
/// <param name="capacity">How many rows there may be.</param>
internal sealed class CholeskyFactor(int capacity)
{
    private readonly double[] rows = new double[(long)capacity * capacity];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Twice the sum of the logarithms of the diagonal: the logarithm of the matrix' determinant.</summary>
    public double LogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Count; i++)
                sum += Math.Log(rows[i * capacity + i]);
            return 2 * sum;
        }
    }

    /// <summary>Takes away the last rows.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Appends the next row of the matrix, up to and with its diagonal; false, and nothing changed, when it is not positive definite with it.</summary>
    public bool TryAppend(ReadOnlySpan<double> row)
    {
        var i = Count;
        var mine = rows.AsSpan(i * capacity, i + 1);
        for (var j = 0; j < i; j++)
            mine[j] = (row[j] - VectorMath.Dot(mine[..j], rows.AsSpan(j * capacity, j))) / rows[j * capacity + j];
        var rest = row[i] - VectorMath.Dot(mine[..i], mine[..i]);
        if (!(rest > 1e-14 * row[i]))
            return false;
        mine[i] = Math.Sqrt(rest);
        Count++;
        return true;
    }

    /// <summary>Solves L·x = b in place.</summary>
    public void SolveLower(Span<double> b)
    {
        for (var i = 0; i < Count; i++)
            b[i] = (b[i] - VectorMath.Dot(b[..i], rows.AsSpan(i * capacity, i))) / rows[i * capacity + i];
    }

    /// <summary>Solves Lᵀ·x = b in place.</summary>
    public void SolveUpper(Span<double> b)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            b[i] /= rows[i * capacity + i];
            VectorMath.AddScaled(b[..i], -b[i], rows.AsSpan(i * capacity, i));
        }
    }

    /// <summary>Solves L·Lᵀ·x = b in place.</summary>
    public void Solve(Span<double> b)
    {
        SolveLower(b);
        SolveUpper(b);
    }

    /// <summary>Writes the lower triangle of the inverse matrix, row by row with <see cref="Count"/> elements a row.</summary>
    /// <param name="inverse">Count² elements.</param>
    /// <param name="work">Count² elements that are overwritten.</param>
    public void Invert(Span<double> inverse, Span<double> work)
    {
        var n = Count;
        for (var i = 0; i < n; i++)
        {
            var column = work.Slice(i * n, n); // column i of L⁻¹; it is zero above i
            column[i] = 1 / rows[i * capacity + i];
            for (var k = i + 1; k < n; k++)
                column[k] = -VectorMath.Dot(column[i..k], rows.AsSpan(k * capacity + i, k - i)) / rows[k * capacity + k];
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
                inverse[i * n + j] = VectorMath.Dot(work.Slice(i * n + i, n - i), work.Slice(j * n + i, n - i));
        }
    }
}
