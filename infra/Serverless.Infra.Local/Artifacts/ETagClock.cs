namespace Serverless.Infra.Local.Artifacts;

/// <summary>
/// Gives each write a time of its own: the clock's, or one tick (100 ns) after the last when the clock has not moved on or was set back.
/// Kept as the file's modification time, it makes the ETag without a second place that could disagree with the file.
/// </summary>
internal sealed class ETagClock(TimeProvider clock)
{
    private long last;

    /// <summary>The next write's time.</summary>
    public DateTime Next()
    {
        while (true)
        {
            var seen = Interlocked.Read(ref last);
            var next = Math.Max(clock.GetUtcNow().UtcTicks, seen + 1);
            if (Interlocked.CompareExchange(ref last, next, seen) == seen)
                return new DateTime(next, DateTimeKind.Utc);
        }
    }
}
