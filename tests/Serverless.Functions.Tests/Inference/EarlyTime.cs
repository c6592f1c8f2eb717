namespace Serverless.Functions.Tests.Inference;

/// <summary>The machine's clock, whose timers come after half of their time: coarse timers do so by a fraction of a millisecond.</summary>
internal sealed class EarlyTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new EarlyTimer(base.CreateTimer(callback, state, Half(dueTime), period));

    private static TimeSpan Half(TimeSpan due) => due == Timeout.InfiniteTimeSpan ? due : due / 2;

    private sealed class EarlyTimer(ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Half(dueTime), period);

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
