namespace Serverless.Core.Workflows;

/// <summary>How often a failed call is tried again, and when: after <c>min(First · Factor^(n−1), Longest)</c>. A failure that says that no retry helps ends the tries.</summary>
public sealed record RetryPolicy
{
    /// <summary>Tries in all, 1 to 1,000.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Before the second try.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>By what the wait grows, 1 to 10.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest wait.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after a failed attempt.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    public TimeSpan DelayAfter(int attempt)
    {
        var milliseconds = First.TotalMilliseconds * Math.Pow(Factor, attempt - 1);
        return milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
    }
}
