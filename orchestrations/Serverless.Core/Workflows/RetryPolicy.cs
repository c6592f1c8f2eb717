using Serverless.Core.Failures;

namespace Serverless.Core.Workflows;

/// <summary>How often a failed call is tried again, and when: after <c>min(First · Factor^(n−1), Longest)</c>. A failure that says that no retry helps ends the tries.</summary>
public sealed record RetryPolicy
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(365);

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

    /// <summary>Checks the bounds.</summary>
    /// <param name="name">What is called, for the message.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public void Check(string name)
    {
        if (MaxAttempts is < 1 or > 1_000 || Factor is not (>= 1 and <= 10) || First < TimeSpan.Zero || Longest < TimeSpan.Zero || Longest > LongestWait)
            throw Fail.Invalid("retry", $"The retry policy of '{name}' is out of bounds: {this}.", "Use 1 to 1,000 attempts, a factor of 1 to 10 and waits of 0 to 365 days.");
    }
}
