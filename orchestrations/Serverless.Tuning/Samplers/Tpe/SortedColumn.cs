namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>Rows in the order of a column's values; equal ones in the order of rows.</summary>
internal sealed class SortedColumn
{
    /// <summary>From so many rows on all are sorted anew: a study of 100,000 trials that was restored would be inserted for a minute.</summary>
    private const int Many = 64;

    private int[] rows = new int[64];
    private int count;

    public ReadOnlySpan<int> Rows => rows.AsSpan(0, count);

    /// <summary>Adds rows that are greater than all before; those without a value are left out.</summary>
    public void Add(double[] column, int first, int end)
    {
        if (end - first < Many)
        {
            for (var row = first; row < end; row++)
                Insert(column, row);
            return;
        }

        if (rows.Length < count + end - first)
            Array.Resize(ref rows, Math.Max(2 * count, count + end - first));
        for (var row = first; row < end; row++)
        {
            if (!double.IsNaN(column[row]))
                rows[count++] = row;
        }

        rows.AsSpan(0, count).Sort((a, b) => column[a] == column[b] ? a.CompareTo(b) : column[a].CompareTo(column[b]));
    }

    /// <summary>Takes a row out again, if it is there.</summary>
    public void Remove(int row)
    {
        var at = Array.IndexOf(rows, row, 0, count);
        if (at < 0)
            return;
        Array.Copy(rows, at + 1, rows, at, count - at - 1);
        count--;
    }

    private void Insert(double[] column, int row)
    {
        var value = column[row];
        if (double.IsNaN(value))
            return;
        int low = 0, high = count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = column[rows[middle]] <= value ? (middle + 1, high) : (low, middle);
        }

        if (count == rows.Length)
            Array.Resize(ref rows, 2 * count);
        Array.Copy(rows, low, rows, low + 1, count - low);
        rows[low] = row;
        count++;
    }
}
