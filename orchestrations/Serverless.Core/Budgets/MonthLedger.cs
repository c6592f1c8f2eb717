namespace Serverless.Core.Budgets;

/// <summary>What the jobs of a month have cost and may still cost. Written only under the ETag it was read with: so of two jobs that want the last of a budget one gets it. Kept only for months in which there is a limit.</summary>
public sealed record MonthLedger
{
    /// <summary>The month, such as <c>2026-11</c>; also the id.</summary>
    public required string Month { get; init; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>What jobs cost that have ended.</summary>
    public required decimal Settled { get; init; }

    /// <summary>What is put aside for jobs that wait or run, by job.</summary>
    public IReadOnlyDictionary<string, decimal> Reserved { get; set; } = new Dictionary<string, decimal>();

    /// <summary>All that is put aside.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public decimal TotalReserved => Reserved.Values.Sum();

    /// <summary>The month of a time.</summary>
    public static string MonthOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
