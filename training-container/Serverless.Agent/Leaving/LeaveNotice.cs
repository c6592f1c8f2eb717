namespace Serverless.Agent.Leaving;

/// <summary>The machine will be taken away.</summary>
/// <param name="Why">The kind of event, such as <c>Preempt</c>.</param>
/// <param name="NotBefore">It stays at least until then; a time that is past: it may go at any moment.</param>
/// <param name="EventId">The event, for the acknowledgement.</param>
internal sealed record LeaveNotice(string Why, DateTimeOffset NotBefore, string EventId)
{
    private static readonly TimeSpan LongestReserve = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the program may take from SIGTERM on: what is left, less a reserve for sending its last checkpoint (half of what is left, at most 20 s), and never more than the
    /// job's own grace period. A machine that may go at any moment leaves two seconds.
    /// </summary>
    /// <param name="asked">The job's grace period.</param>
    /// <param name="now">The time.</param>
    public TimeSpan Grace(TimeSpan asked, DateTimeOffset now)
    {
        var left = NotBefore > now ? NotBefore - now : TimeSpan.Zero;
        var reserve = left / 2 < LongestReserve ? left / 2 : LongestReserve;
        var grace = left - reserve > Least ? left - reserve : Least;
        return asked < grace ? asked : grace;
    }
}
