using Serverless.Core.Doorbells;

namespace Serverless.Infra.Local.Doorbells;

/// <summary>
/// The rings of one queue and which of them is next. Pure: no clock, no database; times are points of a monotonic clock, which nobody can set back.
/// A ring may be delivered when its time has come and no older ring with its key is there.
/// </summary>
internal sealed class RingLine
{
    private readonly Dictionary<long, WaitingRing> rings = [];
    private readonly Dictionary<string, SortedSet<long>> keys = [];
    private readonly SortedSet<long> ready = [];
    private readonly PriorityQueue<WaitingRing, long> hidden = new();

    /// <summary>How many rings there are, taken ones included.</summary>
    public int Count => rings.Count;

    /// <summary>A new ring.</summary>
    public void Add(WaitingRing ring)
    {
        rings.Add(ring.Sequence, ring);
        if (ring.OrderKey is not { } key)
        {
            hidden.Enqueue(ring, ring.VisibleAt);
            return;
        }

        if (!keys.TryGetValue(key, out var line))
            keys.Add(key, line = []);
        line.Add(ring.Sequence);
        if (line.Min == ring.Sequence)
            hidden.Enqueue(ring, ring.VisibleAt);
    }

    /// <summary>The oldest ring that may be delivered now; it is taken until the given time.</summary>
    /// <returns>The ring, or null; a ring that was delivered too often comes with its count unchanged and is to be put aside.</returns>
    public WaitingRing? Take(long now, long until)
    {
        while (hidden.TryPeek(out var next, out var due) && due <= now)
        {
            hidden.Dequeue();
            if (IsThere(next) && next.VisibleAt == due)
                ready.Add(next.Sequence);
        }

        if (ready.Count == 0)
            return null;
        var ring = rings[ready.Min];
        ready.Remove(ring.Sequence);
        if (ring.Deliveries < RingOptions.MaxDeliveries)
            ring.Deliveries++;
        else
            until = long.MaxValue;
        ring.IsTaken = true;
        Show(ring, until);
        return ring;
    }

    /// <summary>When the next hidden ring may be delivered; null when there is none.</summary>
    public long? NextDue()
    {
        while (hidden.TryPeek(out var next, out var due))
        {
            if (IsThere(next) && next.VisibleAt == due)
                return due == long.MaxValue ? null : due;
            hidden.Dequeue();
        }

        return null;
    }

    /// <summary>The ring that a receipt names, if its taker still has it.</summary>
    public WaitingRing? Taken(long sequence, int deliveries) =>
        rings.TryGetValue(sequence, out var ring) && ring.IsTaken && ring.Deliveries == deliveries && ring.VisibleAt != long.MaxValue ? ring : null;

    /// <summary>Sets when a ring may be delivered; <see cref="long.MaxValue"/> keeps it while its answer is being written.</summary>
    public void Show(WaitingRing ring, long at)
    {
        ready.Remove(ring.Sequence);
        ring.VisibleAt = at;
        hidden.Enqueue(ring, at);
    }

    /// <summary>The ring is settled or put aside; the next with its key is free.</summary>
    public void Remove(WaitingRing ring)
    {
        rings.Remove(ring.Sequence);
        ready.Remove(ring.Sequence);
        if (ring.OrderKey is not { } key || !keys.TryGetValue(key, out var line))
            return;
        line.Remove(ring.Sequence);
        if (line.Count == 0)
            keys.Remove(key);
        else
            hidden.Enqueue(rings[line.Min], rings[line.Min].VisibleAt);
    }

    private bool IsThere(WaitingRing ring) => rings.TryGetValue(ring.Sequence, out var there) && ReferenceEquals(there, ring);
}
