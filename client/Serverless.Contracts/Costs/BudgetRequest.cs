namespace Serverless.Contracts.Costs;

/// <summary>Asks for a monthly limit.</summary>
public sealed record BudgetRequest
{
    /// <summary>The most that the jobs of a month may cost, 0 to 1,000,000,000; 0 admits jobs that cost nothing alone.</summary>
    public required decimal Limit { get; init; }

    /// <summary>ISO 4217 code. Default: <c>USD</c>.</summary>
    public string Currency { get; set; } = "USD";
}
