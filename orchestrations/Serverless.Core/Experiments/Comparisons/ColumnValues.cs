using System.Globalization;
using Serverless.Contracts.Experiments;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>A column and what each run has in it.</summary>
/// <param name="Group">What it speaks of.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cells">One for each run.</param>
internal sealed record ColumnValues(ColumnGroup Group, string Name, IReadOnlyList<string?> Cells)
{
    /// <summary>Whether not all runs have the same; fewer than two runs count as different, so that nothing is hidden.</summary>
    public bool Differs { get; } = Cells.Count < 2 || Cells.Skip(1).Any(cell => !Same(cell, Cells[0]));

    /// <summary>Whether any run has something there.</summary>
    public bool HasAny => Cells.Any(cell => cell is not null);

    /// <summary>A number as a cell.</summary>
    public static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A cell as a number; null when it is none.</summary>
    public static double? Number(string? cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static bool Same(string? a, string? b) => a == b || (Number(a) is { } one && Number(b) is { } two && one.Equals(two));
}
