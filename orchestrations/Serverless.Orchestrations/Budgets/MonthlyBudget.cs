using Serverless.Contracts.Costs;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Budgets;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Budgets;

/// <summary>
/// The month's budget: what may be spent is put aside before a job runs, by a conditional write, and counted when it has ended. Every call may be made twice. Without a limit nothing is written:
/// a hot document would bound how many jobs a busy host can end.
/// </summary>
public sealed class MonthlyBudget(BudgetSet budgets, LedgerSet ledgers, JobSet jobs, BudgetOptions options, TimeProvider clock)
{
    /// <summary>Refuses a job that could cost more than the month has left. Puts nothing aside: that is done when it is admitted.</summary>
    /// <exception cref="ServerlessException"><c>over_budget</c>.</exception>
    public async Task CheckAsync(JobPlacement placement, CancellationToken cancel)
    {
        if (await LimitAsync(cancel) is not { } limit)
            return;
        Require(placement, limit);
        var ledger = await OpenAsync(MonthLedger.MonthOf(clock.GetUtcNow()), limit.Currency, cancel);
        var room = BudgetRules.Room(ledger, limit.Limit, "");
        if (placement.Estimate.OneAttempt > room)
            throw Refused(placement, limit, ledger, room);
    }

    /// <summary>Puts aside what one attempt of a job can cost. A job that has its part keeps it.</summary>
    /// <exception cref="ServerlessException"><c>over_budget</c>; <c>conflict</c> (retryable) when more jobs run than a month's ledger can hold.</exception>
    public async Task ReserveAsync(JobRecord job, JobPlacement placement, CancellationToken cancel)
    {
        if (await LimitAsync(cancel) is not { } limit)
            return;
        Require(placement, limit);
        var ledger = await OpenAsync(MonthLedger.MonthOf(job.CreatedAt), limit.Currency, cancel);
        ledger = await ledgers.UpdateAsync(ledger.Month, now => BudgetRules.Reserve(now, limit.Limit, job.Id, placement.Estimate.OneAttempt), cancel) ?? ledger;
        if (ledger.Reserved.ContainsKey(job.Id))
            return;
        throw ledger.Reserved.Count >= BudgetRules.MaxReservations
            ? Fail.Conflict($"{ledger.Reserved.Count} jobs of {ledger.Month} wait or run under a budget; the limit is {BudgetRules.MaxReservations}.", "It is tried again once some have ended.", retryable: true)
            : Refused(placement, limit, ledger, BudgetRules.Room(ledger, limit.Limit, job.Id));
    }

    /// <summary>What the month holds for a job that was admitted, more if it needs more and there is some; null: no limit.</summary>
    public async Task<JobSpend?> HoldAsync(JobRecord job, CancellationToken cancel)
    {
        if (job.Status is not (JobStatus.Queued or JobStatus.Starting or JobStatus.Running) || job.Placement is not { PricePerHour: > 0 } || await LimitAsync(cancel) is not { } limit || job.Placement.Currency != limit.Currency)
            return null;
        var ledger = await OpenAsync(MonthLedger.MonthOf(job.CreatedAt), limit.Currency, cancel);
        var needed = JobSpending.CostOfStopping(job, clock.GetUtcNow());
        ledger = await ledgers.UpdateAsync(ledger.Month, now => BudgetRules.Hold(now, limit.Limit, job.Id, needed, job.Placement.Estimate.OneAttempt, job.Spec.Limits.MaxCost ?? decimal.MaxValue), cancel) ?? ledger;
        return new JobSpend(ledger.Reserved.GetValueOrDefault(job.Id), limit.Currency, JobReason.BudgetReached);
    }

    /// <summary>A job has ended: what it cost counts, what was put aside for it is free.</summary>
    public Task SettleAsync(JobRecord job, CancellationToken cancel) =>
        ledgers.UpdateAsync(MonthLedger.MonthOf(job.CreatedAt), now => BudgetRules.Settle(now, job.Id, job.Spent?.Amount ?? 0), cancel);

    /// <summary>The budget and how this month stands.</summary>
    public async Task<Budget> ShowAsync(CancellationToken cancel)
    {
        var month = MonthLedger.MonthOf(clock.GetUtcNow());
        var set = await budgets.FindAsync(BudgetRecord.TheId, cancel);
        if (await LimitAsync(cancel) is not { } limit)
            return new Budget { Month = month, Currency = options.Currency, Spent = (await CountAsync(month, options.Currency, cancel)).Settled };
        var ledger = await OpenAsync(month, limit.Currency, cancel);
        return new Budget
        {
            Month = month,
            Limit = limit.Limit,
            Currency = limit.Currency,
            Spent = ledger.Settled,
            Reserved = ledger.TotalReserved,
            Left = BudgetRules.Room(ledger, limit.Limit, ""),
            FromHost = set is null,
        };
    }

    /// <summary>What is left of this month's limit; null: there is none.</summary>
    public async Task<decimal?> LeftAsync(CancellationToken cancel) =>
        await LimitAsync(cancel) is { } limit ? BudgetRules.Room(await OpenAsync(MonthLedger.MonthOf(clock.GetUtcNow()), limit.Currency, cancel), limit.Limit, "") : null;

    /// <summary>Sets the limit; what the month has cost so far counts.</summary>
    /// <exception cref="ServerlessException"><c>conflict</c> when this month is counted in another currency.</exception>
    public async Task SetAsync(decimal limit, string currency, CancellationToken cancel)
    {
        var ledger = await ledgers.FindAsync(MonthLedger.MonthOf(clock.GetUtcNow()), cancel);
        if (ledger is not null && ledger.Currency != currency)
            throw Fail.Conflict($"{ledger.Month} is counted in {ledger.Currency}, and the limit would be in {currency}.", $"Give it in {ledger.Currency}, or set it in the next month.");
        var record = new BudgetRecord { Limit = limit, Currency = currency, SetAt = clock.GetUtcNow() };
        if (!await budgets.CreateAsync(record, cancel))
            await budgets.UpdateAsync(BudgetRecord.TheId, _ => record, cancel);
    }

    /// <summary>Removes the limit that was set; the host's own holds again, if it has one.</summary>
    public Task RemoveAsync(CancellationToken cancel) => budgets.DeleteAsync(BudgetRecord.TheId, cancel);

    private async Task<BudgetRecord?> LimitAsync(CancellationToken cancel) =>
        await budgets.FindAsync(BudgetRecord.TheId, cancel)
        ?? (options.MonthlyLimit is { } own ? new BudgetRecord { Limit = own, Currency = options.Currency, SetAt = clock.GetUtcNow() } : null);

    /// <summary>The month's ledger; a new one begins with what its jobs have cost so far. Of two that begin it, one is kept.</summary>
    private async Task<MonthLedger> OpenAsync(string month, string currency, CancellationToken cancel)
    {
        if (await ledgers.FindAsync(month, cancel) is { } there)
            return there;
        var counted = await CountAsync(month, currency, cancel);
        return await ledgers.CreateAsync(counted, cancel) ? counted : await ledgers.FindAsync(month, cancel) ?? counted;
    }

    /// <summary>What the month's jobs have cost: those that ended are settled, what those that run have cost is put aside. Jobs come newest first.</summary>
    private async Task<MonthLedger> CountAsync(string month, string currency, CancellationToken cancel)
    {
        var (settled, reserved) = (0m, new Dictionary<string, decimal>());
        await foreach (var job in jobs.AllAsync(null, cancel))
        {
            if (string.CompareOrdinal(MonthLedger.MonthOf(job.CreatedAt), month) < 0)
                break;
            if (JobCosts.Of(job, clock.GetUtcNow()) is not { } cost || cost.Currency != currency || MonthLedger.MonthOf(job.CreatedAt) != month)
                continue;
            if (job.Ended || reserved.Count >= BudgetRules.MaxReservations)
                settled += cost.Amount;
            else
                reserved[job.Id] = cost.Amount;
        }

        return new MonthLedger { Month = month, Currency = currency, Settled = settled, Reserved = reserved };
    }

    private static void Require(JobPlacement placement, BudgetRecord limit)
    {
        if (placement.Currency != limit.Currency)
            throw new ServerlessException(ProblemCodes.OverBudget, $"The price of {placement.Size} is in {placement.Currency}, the month's budget in {limit.Currency}; no rate between them is known.", "Use a pool whose price is in the budget's currency, or set the budget in the price's.");
    }

    private static ServerlessException Refused(JobPlacement placement, BudgetRecord limit, MonthLedger ledger, decimal room) => new(
        ProblemCodes.OverBudget,
        FormattableString.Invariant($"One attempt to its time limit can cost {Math.Round(placement.Estimate.OneAttempt, 4)} {limit.Currency}; of the budget of {limit.Limit} for {ledger.Month} are {Math.Round(room, 4)} left ({Math.Round(ledger.Settled, 4)} spent, {Math.Round(ledger.TotalReserved, 4)} put aside for jobs that wait or run)."),
        placement.PricePerHour > 0 && room * 3600m / placement.PricePerHour >= 60
            ? FormattableString.Invariant($"Give a shorter limits.maxRunSeconds (with its grace period at most {Math.Floor(room * 3600m / placement.PricePerHour)} s), a cheaper machine, or raise the budget ('serverless budget set AMOUNT').")
            : "Raise the budget ('serverless budget set AMOUNT'), or wait for the next month.");
}
