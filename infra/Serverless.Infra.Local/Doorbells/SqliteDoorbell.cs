using System.Collections.Concurrent;
using System.Globalization;
using Serverless.Contracts.Problems;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Infra.Local.Sqlite;

namespace Serverless.Infra.Local.Doorbells;

/// <summary>
/// Rings in SQLite. The database has what must outlive the process (the rings, their order, how often they were delivered); which is next, and who waits, is
/// decided in memory, so that a waiting taker wakes at once. See <c>docs/mechanisms/local-stores.md</c>.
/// </summary>
public sealed class SqliteDoorbell : IDoorbell
{
    /// <summary>Most rings that one queue holds: what a stuck consumer may pile up before ringing is refused.</summary>
    private const int MaxPending = 100_000;

    private readonly LocalDatabase database;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, RingQueue> queues = new();
    private readonly RingTable table;

    /// <summary>Opens the doorbell with the rings that were not settled before. Their takers are gone with the last process, so they come again at once.</summary>
    /// <param name="database">The database, shared with the documents.</param>
    /// <param name="clock">Measures how long rings are hidden and delayed; a clock that is set back or forward changes nothing while the process runs.</param>
    public SqliteDoorbell(LocalDatabase database, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
        table = new RingTable(clock);
        foreach (var (queue, ring, delay) in database.Read(table.Load))
        {
            ring.VisibleAt = At(delay);
            Queue(queue).Add(ring);
        }
    }

    /// <inheritdoc/>
    public Task RingAsync(string queue, string id, RingOptions options, CancellationToken cancel)
    {
        RingRules.Check(queue, id, options);
        var line = Queue(queue);
        if (line.Count >= MaxPending)
        {
            throw new ServerlessException(ProblemCodes.Busy, $"The queue {Shown.Quote(queue)} holds {MaxPending} rings, which is its limit.",
                "Find out why nobody answers them, then try again.", retryable: true);
        }

        return database.WriteAsync(
            session => RingTable.Insert(session, queue, id, options, table.Due(options.Delay)),
            sequence => line.Add(new WaitingRing(sequence, id, options.OrderKey) { VisibleAt = At(options.Delay) }),
            cancel);
    }

    /// <inheritdoc/>
    public async Task<Ring?> TakeAsync(string queue, TimeSpan hidden, TimeSpan wait, CancellationToken cancel)
    {
        RingRules.CheckTime(hidden, "hidden");
        RingRules.CheckTime(wait, "wait");
        var line = Queue(queue);
        var end = At(wait);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var changed = line.Changed;
            var now = clock.GetTimestamp();
            if (line.Take(now, At(hidden)) is { } taken)
            {
                if (await DeliverAsync(queue, line, taken, hidden) is { } ring)
                    return ring;
                continue;
            }

            if (now >= end)
                return null;
            var next = Math.Min(line.NextDue() ?? end, end);
            await changed.WaitAsync(Pause(next - now), clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(Ring ring, CancellationToken cancel) =>
        SettleAsync(ring, cancel, (line, waiting) => database.WriteAsync(
            session => RingTable.Delete(session, waiting.Sequence), _ => line.Remove(waiting), cancel));

    /// <inheritdoc/>
    public Task<bool> ReturnAsync(Ring ring, TimeSpan delay, string reason, CancellationToken cancel)
    {
        RingRules.CheckTime(delay, "delay");
        return SettleAsync(ring, cancel, (line, waiting) => waiting.Deliveries >= RingOptions.MaxDeliveries
            ? PutAsideAsync(ring.Queue, line, waiting, RingRules.Cut(reason))
            : database.WriteAsync(
                session => RingTable.Hide(session, waiting.Sequence, waiting.Deliveries, table.Due(delay), delay),
                _ => line.Return(waiting, At(delay)),
                cancel));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadRing>> DeadAsync(string queue, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<DeadRing>>(database.Read(session => RingTable.Dead(session, queue)));
    }

    /// <summary>Writes down that a ring is delivered once more, before anybody gets it: so a ring that kills the process is put aside in the end.</summary>
    private async Task<Ring?> DeliverAsync(string queue, RingQueue line, WaitingRing taken, TimeSpan hidden)
    {
        try
        {
            if (taken.VisibleAt == long.MaxValue)
            {
                await PutAsideAsync(queue, line, taken, RingRules.NeverSettled);
                return null;
            }

            var deliveries = taken.Deliveries;
            await database.WriteAsync(
                session => RingTable.Hide(session, taken.Sequence, deliveries, 0, TimeSpan.Zero), null, CancellationToken.None);
            var receipt = string.Create(CultureInfo.InvariantCulture, $"{taken.Sequence}-{deliveries}");
            return new Ring(queue, taken.Id, receipt, deliveries);
        }
        catch
        {
            line.Return(taken, At(TimeSpan.FromSeconds(1)));
            throw;
        }
    }

    private async Task<bool> SettleAsync(Ring ring, CancellationToken cancel, Func<RingQueue, WaitingRing, Task> settle)
    {
        cancel.ThrowIfCancellationRequested();
        if (!RingTable.TryReadReceipt(ring.Receipt, out var sequence, out var deliveries)
            || !queues.TryGetValue(ring.Queue, out var line)
            || line.BeginSettling(sequence, deliveries) is not (var waiting, var until))
            return false;
        try
        {
            await settle(line, waiting);
            return true;
        }
        catch
        {
            line.Resume(waiting, until);
            throw;
        }
    }

    private Task PutAsideAsync(string queue, RingQueue line, WaitingRing ring, string reason) => database.WriteAsync(
        session => RingTable.PutAside(session, queue, ring, reason, clock.GetUtcNow()), _ => line.Remove(ring), CancellationToken.None);

    private RingQueue Queue(string name) => queues.GetOrAdd(name, _ => new RingQueue());

    private long At(TimeSpan fromNow) => clock.GetTimestamp() + (long)(fromNow.TotalSeconds * clock.TimestampFrequency);

    /// <summary>How long to wait until a point of the clock: rounded up to a millisecond, so that it is never just missed, and at most a day.</summary>
    private TimeSpan Pause(long ticks) =>
        TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(ticks * 1_000.0 / clock.TimestampFrequency), 1, 86_400_000));
}
