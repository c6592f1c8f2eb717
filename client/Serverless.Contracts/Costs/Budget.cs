namespace Serverless.Contracts.Costs;

/// <summary>What jobs may cost in a calendar month (UTC), and how the month stands. A job counts in the month in which it was submitted.</summary>
public sealed record Budget
{
    /// <summary>The month, such as <c>2026-11</c>.</summary>
    public required string Month { get; init; }

    /// <summary>The most that the month's jobs may cost; null: there is no limit.</summary>
    public decimal? Limit { get; init; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>What jobs of the month have cost that have ended.</summary>
    public required decimal Spent { get; init; }

    /// <summary>What is put aside for jobs that wait or run; 0 without a limit.</summary>
    public decimal Reserved { get; init; }

    /// <summary>What is left for further jobs; null without a limit.</summary>
    public decimal? Left { get; init; }

    /// <summary>Whether the limit is the host's own, because nobody has set another.</summary>
    public bool FromHost { get; init; }
}
