using Serverless.Core.Budgets;
using Serverless.Core.Jobs;

namespace Serverless.Orchestrations.Budgets;

/// <summary>Settles what a crash left put aside: the parts of jobs that have ended, or are no more. Looks at the ledgers of this month and the one before.</summary>
public sealed class BudgetSweep(LedgerSet ledgers, JobSet jobs, MonthlyBudget budget, TimeProvider clock)
{
    /// <summary>Between two looks: each reads every job that has a part.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private DateTimeOffset? looked;

    /// <summary>Sweeps, if the last look is long enough ago.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (looked is { } last && (now - last).Duration() < Every)
            return;
        looked = now;
        var first = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var month in new[] { MonthLedger.MonthOf(now), MonthLedger.MonthOf(first.AddDays(-1)) })
        {
            if (await ledgers.FindAsync(month, cancel) is not { } ledger)
                continue;
            foreach (var id in ledger.Reserved.Keys)
            {
                if (await jobs.FindAsync(id, cancel) is not { } job)
                    await ledgers.UpdateAsync(month, there => BudgetRules.Settle(there, id, 0), cancel);
                else if (job.Ended)
                    await budget.SettleAsync(job, cancel);
            }
        }
    }
}
