namespace Serverless.Core.Budgets;

/// <summary>The host's own monthly limit, which holds until somebody sets another.</summary>
public sealed record BudgetOptions
{
    /// <summary>The most that the jobs of a month may cost. Default: no limit.</summary>
    public decimal? MonthlyLimit { get; init; }

    /// <summary>ISO 4217 code of the limit.</summary>
    public string Currency { get; init; } = "USD";
}
