using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Serverless.Core.Failures;
using Serverless.Durable.Storage;

namespace Serverless.Durable.Working;

/// <summary>Says what has come due: asleep until the next time, woken earlier by an earlier one. The sweep sees to it that a moved clock is noticed.</summary>
internal sealed class DueClock : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1); // timers of the platform have a limit

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly IWorkflowStore store;
    private readonly TimeProvider time;
    private readonly Action<DueItem> fire;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private DateTimeOffset next = DateTimeOffset.MaxValue;

    // What is stored and not fired is due later than this, or will be armed.
    private DateTimeOffset firedUpTo = DateTimeOffset.MinValue;

    public DueClock(IWorkflowStore store, TimeProvider time, Action<DueItem> fire, ILogger logger)
    {
        this.store = store;
        this.time = time;
        this.fire = fire;
        this.logger = logger;
        timer = time.CreateTimer(_ => wake.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        wake.Writer.TryWrite(true);
    }

    /// <summary>Something is due at a time that has not come yet.</summary>
    public void Arm(DateTimeOffset due)
    {
        lock (gate)
        {
            if (due <= firedUpTo)
                firedUpTo = due.AddTicks(-1); // the clock was moved back meanwhile
            if (due >= next)
                return;
            next = due;
            Sleep(due - time.GetUtcNow());
        }
    }

    /// <summary>Looks at the clock: it may have been moved.</summary>
    public void Look()
    {
        lock (gate)
        {
            if (next <= time.GetUtcNow())
                wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Fires what is due, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (await wake.Reader.WaitToReadAsync(cancel))
        {
            while (wake.Reader.TryRead(out _))
            {
            }

            try
            {
                FireDue();
            }
            catch (ServerlessException error)
            {
                logger.DueFailed(error.Message);
                lock (gate)
                    Sleep(AfterFailure);
            }
        }
    }

    public void Dispose() => timer.Dispose();

    private void FireDue()
    {
        DateTimeOffset after, now;
        lock (gate)
        {
            now = time.GetUtcNow();
            after = firedUpTo;
            next = DateTimeOffset.MaxValue;
        }

        // What is fired twice does no harm: a call that has its outcome takes no other.
        foreach (var item in store.Due(after, now))
            fire(item);
        lock (gate)
        {
            if (firedUpTo == after && now > after)
                firedUpTo = now;
        }

        if (store.NextDue(now) is { } due)
            Arm(due);
    }

    // Whole milliseconds, upwards: the platform's timers cut fractions off and would come just too early.
    private void Sleep(TimeSpan wait) =>
        timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestSleep.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
}
