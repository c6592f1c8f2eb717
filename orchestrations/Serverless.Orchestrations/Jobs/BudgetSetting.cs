using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Budgets;

namespace Serverless.Orchestrations.Jobs;

/// <summary>Changes the month's budget and lets the jobs that run be looked at at once: one that has spent more than a lowered limit leaves it is stopped now, not when its claim is next looked at.</summary>
public sealed class BudgetSetting(MonthlyBudget budget, JobSet jobs, JobNews news)
{
    /// <summary>Sets the limit.</summary>
    /// <param name="limit">The most that the jobs of a month may cost.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cancel">Breaks off; jobs that were not told are looked at when their claims would run out.</param>
    public async Task SetAsync(decimal limit, string currency, CancellationToken cancel)
    {
        await budget.SetAsync(limit, currency, cancel);
        await TellAsync(cancel);
    }

    /// <summary>Removes the limit that was set; the host's own holds again, if it has one.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
    {
        await budget.RemoveAsync(cancel);
        await TellAsync(cancel);
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        foreach (var status in new[] { JobStatus.Running, JobStatus.Starting })
        {
            await foreach (var job in jobs.AllAsync(new Dictionary<string, string> { ["status"] = status.ToString() }, cancel))
                await news.TellAsync(job, "budget-changed", cancel);
        }
    }
}
