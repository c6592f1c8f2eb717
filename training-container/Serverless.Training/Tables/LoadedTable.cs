namespace Serverless.Training.Tables;

/// <summary>The rows of a table in memory, column by column; rows without a target are left out.</summary>
internal sealed class LoadedTable
{
    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The columns of numbers, NaN where one is missing, by column index.</summary>
    public required IReadOnlyDictionary<int, float[]> Numbers { get; init; }

    /// <summary>The columns of text as codes, by column index.</summary>
    public required IReadOnlyDictionary<int, int[]> Codes { get; init; }

    /// <summary>The texts behind the codes.</summary>
    public required IReadOnlyDictionary<int, TextCodes> Texts { get; init; }

    /// <summary>The target of each row as a number; null: it has classes.</summary>
    public double[]? Targets { get; init; }

    /// <summary>The class of each row; 0 when the target is a number.</summary>
    public required int[] Labels { get; init; }

    /// <summary>Rows that had no target.</summary>
    public required long WithoutTarget { get; init; }
}
