namespace Serverless.Infra.Local.Doorbells;

/// <summary>A <see cref="RingLine"/> that several threads share, and that wakes those who wait for it.</summary>
internal sealed class RingQueue
{
    private readonly Lock gate = new();
    private readonly RingLine line = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next change. Fetched before looking, so that no change is missed.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
                return changed.Task;
        }
    }

    public int Count
    {
        get
        {
            lock (gate)
                return line.Count;
        }
    }

    public void Add(WaitingRing ring) => Change(() => line.Add(ring));

    public WaitingRing? Take(long now, long until)
    {
        lock (gate)
            return line.Take(now, until);
    }

    public long? NextDue()
    {
        lock (gate)
            return line.NextDue();
    }

    /// <summary>Holds a taken ring while its answer is written, so that it does not come again in between; null when its taker has lost it.</summary>
    public (WaitingRing Ring, long VisibleAt)? BeginSettling(long sequence, int deliveries)
    {
        lock (gate)
        {
            if (line.Taken(sequence, deliveries) is not { } ring)
                return null;
            var until = ring.VisibleAt;
            line.Show(ring, long.MaxValue);
            return (ring, until);
        }
    }

    /// <summary>The answer could not be written: its taker has it as long as before.</summary>
    public void Resume(WaitingRing ring, long until) => Change(() => line.Show(ring, until));

    /// <summary>Nobody has the ring any more; it comes again at the given time.</summary>
    public void Return(WaitingRing ring, long at) => Change(() =>
    {
        ring.IsTaken = false;
        line.Show(ring, at);
    });

    public void Remove(WaitingRing ring) => Change(() => line.Remove(ring));

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            changed.TrySetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
