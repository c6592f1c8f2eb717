namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>Rows in the order of a column's values; equal ones in the order of rows.</summary>
internal sealed class SortedColumn
{
    private int[] rows = new int[64];
    private int count;

    public ReadOnlySpan<int> Rows => rows.AsSpan(0, count);

    /// <summary>Adds a row that is greater than all before; one without a value is left out.</summary>
    public void Insert(double[] column, int row)
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

    /// <summary>Takes a row out again, if it is there.</summary>
    public void Remove(int row)
    {
        var at = Array.IndexOf(rows, row, 0, count);
        if (at < 0)
            return;
        Array.Copy(rows, at + 1, rows, at, count - at - 1);
        count--;
    }
}
