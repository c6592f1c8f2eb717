using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>
/// Successive halving with settings that need no thought: the first rung at a twentieth of a whole trial, a third goes on at each rung, and the first two that reach a rung
/// are given up there, so that a study does not spend its first hour on whole trials of random points.
/// </summary>
public sealed class AutoPruner : IPruner
{
    private const int Rungs = 20;
    private const int Factor = 3;
    private const int LeastTrials = 2;

    private readonly SuccessiveHalvingPruner halving;

    /// <summary>Made with its setting.</summary>
    /// <param name="lastStep">The steps of a whole trial; at least 1. Null: as many as the longest complete trial has; until there is one, nothing is given up.</param>
    public AutoPruner(int? lastStep = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lastStep ?? 1, 1);
        halving = new SuccessiveHalvingPruner(lastStep is { } last ? Math.Max(1, last / Rungs) : null, Factor, leastTrials: LeastTrials, firstShare: Rungs);
    }

    /// <inheritdoc/>
    public string Name => "auto";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial) => halving.ShouldPrune(history, trial);
}
