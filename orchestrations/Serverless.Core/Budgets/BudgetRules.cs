namespace Serverless.Core.Budgets;

/// <summary>
/// How a month's limit is given out. Pure; whoever calls writes the result under the ledger's ETag. Reservations and settled costs never pass the limit together, and no job goes on past
/// its reservation: so the month's jobs never cost more than the limit.
/// </summary>
public static class BudgetRules
{
    /// <summary>Most jobs that may have a reservation at once: a ledger is one document, of at most 1 MiB.</summary>
    public const int MaxReservations = 10_000;

    /// <summary>What is left for a job: of the limit less what others spent and have put aside; at least 0.</summary>
    public static decimal Room(MonthLedger ledger, decimal limit, string jobId) =>
        Math.Max(0, limit - ledger.Settled - (ledger.TotalReserved - ledger.Reserved.GetValueOrDefault(jobId)));

    /// <summary>Puts an amount aside for a job that is to be admitted; one that has a reservation keeps it. The same instance back: nothing changes, it has one, or there is no room.</summary>
    public static MonthLedger Reserve(MonthLedger ledger, decimal limit, string jobId, decimal amount) =>
        ledger.Reserved.ContainsKey(jobId) || ledger.Reserved.Count >= MaxReservations || amount > Room(ledger, limit, jobId) ? ledger : With(ledger, jobId, amount);

    /// <summary>
    /// Sees that a job that runs may go on as far as the limit allows: a reservation that is too small grows while there is room, one that no longer fits under a lowered limit shrinks.
    /// </summary>
    /// <param name="ledger">The month.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="needed">What the job needs to be reserved now.</param>
    /// <param name="step">By how much a reservation grows at once, if there is room.</param>
    /// <param name="most">What the job may cost by its own limit: more is not put aside for it.</param>
    public static MonthLedger Hold(MonthLedger ledger, decimal limit, string jobId, decimal needed, decimal step, decimal most = decimal.MaxValue)
    {
        var room = Math.Min(Room(ledger, limit, jobId), most);
        var mine = ledger.Reserved.GetValueOrDefault(jobId);
        var next = mine > room ? room : needed >= mine ? Math.Min(room, Math.Max(needed, mine + step)) : mine;
        return next == mine || (next > mine && !ledger.Reserved.ContainsKey(jobId) && ledger.Reserved.Count >= MaxReservations) ? ledger : With(ledger, jobId, next);
    }

    /// <summary>A job has ended: what it cost counts, and its reservation is free. Once: a job without a reservation has been settled, or never was the budget's.</summary>
    public static MonthLedger Settle(MonthLedger ledger, string jobId, decimal cost)
    {
        if (!ledger.Reserved.ContainsKey(jobId))
            return ledger;
        var rest = new Dictionary<string, decimal>(ledger.Reserved);
        rest.Remove(jobId);
        return ledger with { Settled = ledger.Settled + cost, Reserved = rest };
    }

    private static MonthLedger With(MonthLedger ledger, string jobId, decimal amount) =>
        ledger with { Reserved = new Dictionary<string, decimal>(ledger.Reserved) { [jobId] = amount } };
}
