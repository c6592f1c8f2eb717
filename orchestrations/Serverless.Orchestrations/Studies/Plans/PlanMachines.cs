using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Placement;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>What a plan wants to know of machines and of the month's money.</summary>
internal sealed class PlanMachines(PoolTable pools, NodeSet nodes, JobPlacing placing, MonthlyBudget budget)
{
    /// <summary>How many of a pool's newest machines say how long one takes to boot.</summary>
    private const int MostNodes = 50;

    /// <summary>The pool of a machine.</summary>
    public PoolOptions PoolOf(JobPlacement placement) => pools.Find(placement.Pool) ?? new PoolOptions { Name = placement.Pool };

    /// <summary>How long machines of a pool took from being asked for to their agent's first word, in seconds, rising.</summary>
    public async Task<IReadOnlyList<double>> BootsAsync(string pool, CancellationToken cancel)
    {
        var (found, _) = await nodes.QueryAsync(new Dictionary<string, string> { ["pool"] = pool }, null, MostNodes, null, cancel);
        return [.. found.Where(node => node.ReadyAt > node.CreatedAt).Select(node => (node.ReadyAt!.Value - node.CreatedAt).TotalSeconds).Order()];
    }

    /// <summary>The machine that the job would get if spot were asked for, or were not; null: none.</summary>
    public async Task<JobPlacement?> OtherAsync(JobSpec job, JobPlacement placement, CancellationToken cancel)
    {
        try
        {
            var other = await placing.PlaceAsync(job with { Resources = job.Resources with { Spot = !placement.Spot } }, cancel);
            return other.Spot != placement.Spot && other.Currency == placement.Currency ? other : null;
        }
        catch (ServerlessException)
        {
            return null; // nothing fits, or nothing can be had
        }
    }

    /// <summary>What is left of the month's budget; null: there is none.</summary>
    public Task<decimal?> BudgetLeftAsync(CancellationToken cancel) => budget.LeftAsync(cancel);
}
