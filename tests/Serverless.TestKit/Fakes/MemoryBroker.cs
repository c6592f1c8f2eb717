using Serverless.Core.Doorbells;
using Serverless.Core.Doorbells.Brokers;

namespace Serverless.TestKit.Fakes;

/// <summary>A broker in memory: loans that end by the clock, sessions, delivery counts, doubles dropped. With it a brokered doorbell passes the doorbell's conformance suite.</summary>
public sealed class MemoryBroker(TimeProvider clock, Func<string, bool> keepsOrder) : IRingBroker
{
    private readonly TimeProvider clock = clock;
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private readonly List<(string Queue, DeadMessage Message)> dead = [];
    private readonly HashSet<string> seen = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long counter;

    /// <summary>How long a loan lasts.</summary>
    public TimeSpan Loan { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a loan was renewed.</summary>
    public int Renewals { get; private set; }

    /// <summary>Called before each call with its name; may throw. For faults.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>How many messages are there, lent or not.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return entries.Count;
        }
    }

    public bool KeepsOrder(string queue) => keepsOrder(queue);

    public Task SendAsync(string queue, RingMessage message, CancellationToken cancel)
    {
        Before?.Invoke("send");
        lock (gate)
        {
            if (seen.Add(message.MessageId))
                entries.Add(new Entry(++counter, queue, message));
            Wake();
        }

        return Task.CompletedTask;
    }

    public async Task<ILentMessage?> ReceiveAsync(string queue, TimeSpan wait, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Task change;
            TimeSpan pause;
            lock (gate)
            {
                if (Next(queue) is { } next)
                    return new Lent(this, next, next.Lend(clock, Loan));
                pause = wait - clock.GetElapsedTime(started);
                if (pause <= TimeSpan.Zero)
                    return null;
                foreach (var entry in entries.Where(entry => entry.Queue == queue && entry.Left(clock) > TimeSpan.Zero))
                    pause = entry.Left(clock) < pause ? entry.Left(clock) : pause;
                change = changed.Task;
            }

            await change.WaitAsync(pause, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task<IReadOnlyList<DeadMessage>> DeadAsync(string queue, CancellationToken cancel)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<DeadMessage>>([.. dead.Where(entry => entry.Queue == queue).Select(entry => entry.Message)]);
    }

    private Entry? Next(string queue)
    {
        foreach (var spent in entries.Where(entry => entry.Queue == queue && entry.IsFree(clock) && entry.Deliveries >= RingOptions.MaxDeliveries).ToList())
            PutAside(spent, null);
        var held = new HashSet<string>();
        foreach (var entry in entries.Where(entry => entry.Queue == queue))
        {
            if (!keepsOrder(queue) && entry.Message.DueAt > clock.GetUtcNow())
                continue;
            if ((entry.Message.Session is null || held.Add(entry.Message.Session)) && entry.IsFree(clock))
                return entry;
        }

        return null;
    }

    private void PutAside(Entry entry, string? reason)
    {
        entries.Remove(entry);
        dead.Add((entry.Queue, new DeadMessage(entry.Message.Id, reason, clock.GetUtcNow(), ++counter)));
    }

    private Task<bool> ActAsync(string name, Entry entry, int loan, Action act)
    {
        Before?.Invoke(name);
        lock (gate)
        {
            if (entry.Loans != loan || entry.IsFree(clock) || !entries.Contains(entry))
                return Task.FromResult(false);
            act();
            Wake();
        }

        return Task.FromResult(true);
    }

    private void Wake()
    {
        changed.TrySetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lent(MemoryBroker broker, Entry entry, int loan) : ILentMessage
    {
        public RingMessage Message => entry.Message;

        public int Deliveries { get; } = entry.Deliveries;

        public TimeSpan Loan => broker.Loan;

        public Task<bool> RenewAsync(CancellationToken cancel) => broker.ActAsync("renew", entry, loan, () =>
        {
            broker.Renewals++;
            entry.Extend(broker.clock, broker.Loan);
        });

        public Task<bool> CompleteAsync(CancellationToken cancel) => broker.ActAsync("complete", entry, loan, () => broker.entries.Remove(entry));

        public Task<bool> AbandonAsync(CancellationToken cancel) => broker.ActAsync("abandon", entry, loan, entry.Free);

        public Task<bool> PutAsideAsync(string reason, CancellationToken cancel) => broker.ActAsync("put aside", entry, loan, () => broker.PutAside(entry, reason));

        public Task ReleaseAsync(CancellationToken cancel) => broker.ActAsync("release", entry, loan, () =>
        {
            entry.Free();
            entry.Deliveries--;
        });
    }

    private sealed class Entry(long number, string queue, RingMessage message)
    {
        private long since;
        private TimeSpan time;

        public long Number => number;

        public string Queue => queue;

        public RingMessage Message => message;

        public int Deliveries { get; set; }

        public int Loans { get; private set; }

        public TimeSpan Left(TimeProvider clock)
        {
            var lent = time - clock.GetElapsedTime(since);
            var due = (message.DueAt ?? DateTimeOffset.MinValue) - clock.GetUtcNow();
            return Loans > 0 && lent > TimeSpan.Zero ? lent : due;
        }

        public bool IsFree(TimeProvider clock) => Loans == 0 || time - clock.GetElapsedTime(since) <= TimeSpan.Zero;

        public int Lend(TimeProvider clock, TimeSpan loan)
        {
            Extend(clock, loan);
            Deliveries++;
            return ++Loans;
        }

        public void Extend(TimeProvider clock, TimeSpan loan) => (since, time) = (clock.GetTimestamp(), loan);

        public void Free() => time = TimeSpan.Zero;
    }
}
