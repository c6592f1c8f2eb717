namespace Serverless.Core.Budgets;

/// <summary>The monthly limit that somebody set; there is one.</summary>
public sealed record BudgetRecord
{
    /// <summary>The id of the one record.</summary>
    public const string TheId = "monthly";

    /// <summary>The most that the jobs of a month may cost.</summary>
    public required decimal Limit { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>When it was set.</summary>
    public required DateTimeOffset SetAt { get; init; }
}
