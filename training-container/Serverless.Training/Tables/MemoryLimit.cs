using System.Globalization;

namespace Serverless.Training.Tables;

/// <summary>Refuses tables that the machine's memory does not hold, before they are loaded.</summary>
internal static class MemoryLimit
{
    /// <summary>Bytes that a number takes: 4 as it was read, 8 as a feature.</summary>
    private const long BytesPerNumber = 12;

    /// <summary>Bytes that a text takes: its code and its slot.</summary>
    private const long BytesPerText = 8;

    /// <summary>The share of the memory that this process may use.</summary>
    private const double Share = 0.7;

    public static void Check(long rows, int numbers, int texts)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var perRow = numbers * BytesPerNumber + texts * BytesPerText + 4;
        if ((double)rows * perRow > available * Share || (double)rows * Math.Max(numbers, texts) > Array.MaxLength)
        {
            var fits = (long)Math.Min(available * Share / perRow, Array.MaxLength / (double)Math.Max(1, Math.Max(numbers, texts)));
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{rows} rows of {numbers + texts} columns need {(double)rows * perRow / 1e9:0.0} GB; {available * Share / 1e9:0.0} GB can be used. Train on a sample with --rows {fits}, leave columns out with --ignore, or take a larger machine."));
        }
    }
}
