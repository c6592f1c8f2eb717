using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Tuning.Planning;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>What a plan stands on: all that was looked up for it.</summary>
/// <param name="Search">The study, as the search knows it.</param>
/// <param name="Placement">The machine of its trials.</param>
/// <param name="Pool">That machine's pool.</param>
/// <param name="Boots">How long its machines took to boot, in seconds, rising.</param>
internal sealed record PlanGround(SearchPlan Search, JobPlacement Placement, PoolOptions Pool, IReadOnlyList<double> Boots)
{
    /// <summary>The same machine, or one like it, as one that may be taken away, or the other way round; null: none is offered.</summary>
    public JobPlacement? Other { get; init; }

    /// <summary>The pool of that one.</summary>
    public PoolOptions? OtherPool { get; init; }

    /// <summary>Earlier trials; null: none.</summary>
    public EarlierTrials? Earlier { get; init; }

    /// <summary>What a trial is like when so many run at once.</summary>
    public required Func<int, TrialEstimate> Estimates { get; init; }

    /// <summary>What a trial of the study is like.</summary>
    public required TrialEstimate Estimate { get; init; }

    /// <summary>What is left of the month's budget; null: there is none.</summary>
    public decimal? BudgetLeft { get; init; }

    /// <summary>The newest study of the same name, in a few words; null: none.</summary>
    public string? Namesake { get; init; }

    /// <summary>How large the space is.</summary>
    public required SpaceSize Size { get; init; }
}
