using System.Collections.Concurrent;
using Serverless.Core.Failures;
using Serverless.Core.Ids;

namespace Serverless.Core.Doorbells.Brokers;

/// <summary>
/// A doorbell on a message broker. What is taken is a loan that is renewed until it is settled or its time is over; a delayed return is a loan that is kept, and then given back, so that
/// the message keeps its place and its count. When the process ends, all loans end by themselves. See <c>docs/mechanisms/azure-storage.md</c>.
/// </summary>
/// <param name="broker">The broker.</param>
/// <param name="ids">Makes the ids of rings and receipts.</param>
/// <param name="clock">Ends loans.</param>
public sealed class BrokeredDoorbell(IRingBroker broker, IIdSource ids, TimeProvider clock) : IDoorbell, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Loan> taken = [];
    private readonly ConcurrentDictionary<Loan, Loan> resting = [];

    /// <inheritdoc/>
    public Task RingAsync(string queue, string id, RingOptions options, CancellationToken cancel)
    {
        RingRules.Check(queue, id, options);
        var keepsOrder = broker.KeepsOrder(queue);
        if (options.OrderKey is not null && !keepsOrder)
            throw Fail.Invalid("orderKey", $"The queue '{queue}' keeps no order.", "Name it among the ordered queues in the options and in the infrastructure, or ring without an order key.");
        return broker.SendAsync(queue, RingMessage.Of(ids.Next("ring"), id, options, keepsOrder, clock.GetUtcNow()), cancel);
    }

    /// <inheritdoc/>
    public async Task<Ring?> TakeAsync(string queue, TimeSpan hidden, TimeSpan wait, CancellationToken cancel)
    {
        RingRules.CheckTime(hidden, "hidden");
        RingRules.CheckTime(wait, "wait");
        var started = clock.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var left = wait - clock.GetElapsedTime(started);
            if (await broker.ReceiveAsync(queue, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel) is not { } lent)
            {
                if (wait - clock.GetElapsedTime(started) <= TimeSpan.Zero)
                    return null;
                continue;
            }

            if (lent.Message.DueAt is { } due && due - clock.GetUtcNow() is { Ticks: > 0 } early)
                Rest(lent, early, message => message.ReleaseAsync(CancellationToken.None));
            else if (lent.Deliveries > RingOptions.MaxDeliveries)
                await lent.PutAsideAsync(RingRules.NeverSettled, cancel);
            else
                return Take(queue, lent, hidden);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> CompleteAsync(Ring ring, CancellationToken cancel) =>
        Find(ring) is { } loan && await SettleAsync(loan, message => message.CompleteAsync(cancel));

    /// <inheritdoc/>
    public async Task<bool> ReturnAsync(Ring ring, TimeSpan delay, string reason, CancellationToken cancel)
    {
        RingRules.CheckTime(delay, "delay");
        if (Find(ring) is not { } loan)
            return false;
        if (loan.Message.Deliveries >= RingOptions.MaxDeliveries)
            return await SettleAsync(loan, message => message.PutAsideAsync(RingRules.Cut(reason), cancel));
        if (delay == TimeSpan.Zero)
            return await SettleAsync(loan, message => message.AbandonAsync(cancel));
        if (!taken.TryRemove(loan.Receipt, out _))
            return false;
        loan.Stop();
        Rest(loan.Message, delay, message => message.AbandonAsync(CancellationToken.None));
        return true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeadRing>> DeadAsync(string queue, CancellationToken cancel) =>
        [.. (await broker.DeadAsync(queue, cancel))
            .OrderByDescending(dead => dead.At).ThenByDescending(dead => dead.Sequence)
            .Take(RingRules.MaxDead)
            .Select(dead => new DeadRing(dead.Id, dead.Reason is { } reason ? RingRules.Cut(reason) : RingRules.NeverSettled, dead.At))];

    /// <summary>Gives back what is still taken, so that others need not wait for the loans to end.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var loan in taken.Values.Concat(resting.Keys).ToList())
        {
            loan.Stop();
            await loan.Message.ReleaseAsync(CancellationToken.None);
        }

        taken.Clear();
        resting.Clear();
    }

    private Ring Take(string queue, ILentMessage lent, TimeSpan hidden)
    {
        var loan = new Loan(lent, queue, ids.Next("take"));
        taken[loan.Receipt] = loan;
        loan.Keep(hidden, clock, async () =>
        {
            if (taken.TryRemove(loan.Receipt, out _))
                await lent.AbandonAsync(CancellationToken.None);
        }, () => taken.TryRemove(loan.Receipt, out _));
        return new Ring(queue, lent.Message.Id, loan.Receipt, lent.Deliveries);
    }

    /// <summary>Keeps a message for a time that nobody may have it in.</summary>
    private void Rest(ILentMessage lent, TimeSpan time, Func<ILentMessage, Task> then)
    {
        var loan = new Loan(lent, "", "");
        resting[loan] = loan;
        loan.Keep(time, clock, async () =>
        {
            if (resting.TryRemove(loan, out _))
                await then(lent);
        }, () => resting.TryRemove(loan, out _));
    }

    private Loan? Find(Ring ring) => taken.TryGetValue(ring.Receipt, out var loan) && loan.Queue == ring.Queue ? loan : null;

    private async Task<bool> SettleAsync(Loan loan, Func<ILentMessage, Task<bool>> settle)
    {
        if (!taken.TryRemove(loan.Receipt, out _))
            return false;
        try
        {
            var done = await settle(loan.Message);
            loan.Stop();
            return done;
        }
        catch
        {
            // It may be tried again while the loan lasts, which is still being renewed.
            taken[loan.Receipt] = loan;
            throw;
        }
    }
}
