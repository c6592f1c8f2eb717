using System.Globalization;

namespace Serverless.Infra.Compute.Arm;

/// <summary>How long to wait before a call is made again.</summary>
/// <param name="MaxTries">Most times that a call is made.</param>
/// <param name="MaxWait">Longest wait in all for one call. A Retry-After beyond it is not waited for: whoever called comes again.</param>
internal sealed record RetryRule(int MaxTries, TimeSpan MaxWait)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>The next wait; null: give up. Azure's Retry-After is honoured; without it the wait doubles from a second.</summary>
    /// <param name="tries">How often the call was made, at least 1.</param>
    /// <param name="waited">How long was waited so far.</param>
    /// <param name="retryAfter">What Azure asked for.</param>
    public TimeSpan? Next(int tries, TimeSpan waited, TimeSpan? retryAfter)
    {
        if (tries >= MaxTries)
            return null;
        var wait = retryAfter ?? First * Math.Pow(2, Math.Min(tries - 1, 16));
        return waited + wait <= MaxWait ? wait : null;
    }

    /// <summary>Reads a Retry-After header: seconds, or a date (RFC 9110, 10.2.3).</summary>
    public static TimeSpan? RetryAfter(string? header, DateTimeOffset now)
    {
        if (int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParseExact(header, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return null;
        return at > now ? at - now : TimeSpan.Zero;
    }
}
