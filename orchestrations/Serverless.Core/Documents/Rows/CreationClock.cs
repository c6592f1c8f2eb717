namespace Serverless.Core.Documents.Rows;

/// <summary>Gives ticks for the order of creation: never the same twice in a process, and never backwards there, whatever the clock does. Between hosts the order is that of their clocks.</summary>
internal sealed class CreationClock(TimeProvider clock)
{
    private long last;

    /// <summary>The next ticks.</summary>
    public long Next()
    {
        while (true)
        {
            var before = Volatile.Read(ref last);
            var next = Math.Max(before + 1, clock.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref last, next, before) == before)
                return next;
        }
    }
}
