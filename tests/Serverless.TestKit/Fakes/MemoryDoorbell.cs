using System.Globalization;
using Serverless.Core.Doorbells;

namespace Serverless.TestKit.Fakes;

/// <summary>A doorbell in memory. Passes the port's conformance suite.</summary>
public sealed class MemoryDoorbell(TimeProvider? clock = null) : IDoorbell
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly List<Waiting> rings = [];
    private readonly List<(string Queue, DeadRing Ring)> dead = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long counter;

    /// <summary>What waits or is being answered in a queue, in order; for assertions.</summary>
    public IReadOnlyList<string> Pending(string queue)
    {
        lock (gate)
            return [.. rings.Where(ring => ring.Queue == queue).Select(ring => ring.Id)];
    }

    public Task RingAsync(string queue, string id, RingOptions options, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        RingRules.Check(queue, id, options);
        lock (gate)
        {
            rings.Add(new Waiting(++counter, queue, id, options.OrderKey) { From = clock.GetTimestamp(), Hidden = options.Delay });
            Wake();
        }

        return Task.CompletedTask;
    }

    public async Task<Ring?> TakeAsync(string queue, TimeSpan hidden, TimeSpan wait, CancellationToken cancel)
    {
        RingRules.CheckTime(hidden, "hidden");
        RingRules.CheckTime(wait, "wait");
        var started = clock.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Task change;
            TimeSpan pause;
            lock (gate)
            {
                if (TakeNow(queue, hidden) is { } taken)
                    return taken;
                pause = wait - clock.GetElapsedTime(started);
                if (pause <= TimeSpan.Zero)
                    return null;
                var next = rings.Where(ring => ring.Queue == queue && Left(ring) > TimeSpan.Zero).Select(Left).DefaultIfEmpty(pause).Min();
                pause = next < pause ? next : pause;
                change = changed.Task;
            }

            await change.WaitAsync(pause, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task<bool> CompleteAsync(Ring ring, CancellationToken cancel) => Settle(ring, cancel, waiting => rings.Remove(waiting));

    public Task<bool> ReturnAsync(Ring ring, TimeSpan delay, string reason, CancellationToken cancel)
    {
        RingRules.CheckTime(delay, "delay");
        return Settle(ring, cancel, waiting =>
        {
            waiting.Receipt = null;
            (waiting.From, waiting.Hidden) = (clock.GetTimestamp(), delay);
            if (waiting.Deliveries >= RingOptions.MaxDeliveries)
                PutAside(waiting, RingRules.Cut(reason));
        });
    }

    public Task<IReadOnlyList<DeadRing>> DeadAsync(string queue, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
            return Task.FromResult<IReadOnlyList<DeadRing>>([.. dead.Where(entry => entry.Queue == queue).Select(entry => entry.Ring).Reverse()]);
    }

    private Ring? TakeNow(string queue, TimeSpan hidden)
    {
        foreach (var spent in rings.Where(ring => ring.Queue == queue && IsVisible(ring) && ring.Deliveries >= RingOptions.MaxDeliveries).ToList())
            PutAside(spent, RingRules.NeverSettled);
        var heldKeys = new HashSet<string>();
        foreach (var ring in rings.Where(ring => ring.Queue == queue))
        {
            var isFirst = ring.OrderKey is null || heldKeys.Add(ring.OrderKey);
            if (!isFirst || !IsVisible(ring))
                continue;
            ring.Deliveries++;
            ring.Receipt = string.Create(CultureInfo.InvariantCulture, $"{ring.Number}-{ring.Deliveries}");
            (ring.From, ring.Hidden) = (clock.GetTimestamp(), hidden);
            return new Ring(queue, ring.Id, ring.Receipt, ring.Deliveries);
        }

        return null;
    }

    private Task<bool> Settle(Ring ring, CancellationToken cancel, Action<Waiting> settle)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (rings.Find(waiting => waiting.Queue == ring.Queue && waiting.Receipt == ring.Receipt) is not { } found)
                return Task.FromResult(false);
            settle(found);
            Wake();
            return Task.FromResult(true);
        }
    }

    private void PutAside(Waiting ring, string reason)
    {
        rings.Remove(ring);
        dead.Add((ring.Queue, new DeadRing(ring.Id, reason, clock.GetUtcNow())));
        if (dead.Count(entry => entry.Queue == ring.Queue) > RingRules.MaxDead)
            dead.RemoveAt(dead.FindIndex(entry => entry.Queue == ring.Queue));
    }

    private TimeSpan Left(Waiting ring) => ring.Hidden - clock.GetElapsedTime(ring.From);

    private bool IsVisible(Waiting ring) => Left(ring) <= TimeSpan.Zero;

    private void Wake()
    {
        changed.TrySetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Waiting(long Number, string Queue, string Id, string? OrderKey)
    {
        public long From { get; set; }

        public TimeSpan Hidden { get; set; }

        public int Deliveries { get; set; }

        public string? Receipt { get; set; }

        public bool Equals(Waiting? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Number.GetHashCode();
    }
}
