namespace Serverless.TestKit;

/// <summary>A clock that a test moves by hand; timers that come due fire inside <see cref="Advance"/>.</summary>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan skew;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now + skew;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (gate)
            return now.UtcTicks;
    }

    /// <summary>Sets the wall clock forward or back, as a person or a time server does; elapsed time and timers go on as before.</summary>
    public void SetWallClock(TimeSpan by)
    {
        lock (gate)
            skew += by;
    }

    /// <summary>Moves the clock; a negative step moves it back and fires nothing.</summary>
    public void Advance(TimeSpan step)
    {
        List<ManualTimer> due;
        lock (gate)
        {
            now += step;
            due = [.. timers.Where(timer => timer.Due <= now).OrderBy(timer => timer.Due)];
        }

        foreach (var timer in due)
            timer.Fire();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var fireNow = dueTime == TimeSpan.Zero;
            lock (time.gate)
            {
                time.timers.Remove(this);
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time.now + dueTime;
                    time.timers.Add(this);
                }
            }

            if (fireNow)
                Fire();
            return true;
        }

        public void Fire()
        {
            lock (time.gate)
            {
                if (!time.timers.Remove(this))
                    return;
                if (period > TimeSpan.Zero)
                {
                    Due += period;
                    time.timers.Add(this);
                }
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (time.gate)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
