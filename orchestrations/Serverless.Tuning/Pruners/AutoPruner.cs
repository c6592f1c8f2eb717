using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>
/// Successive halving with settings that need no thought: the first rung at a twentieth of a whole trial, a third goes on at each rung, and the first two that reach a rung
/// are given up there, so that a study does not spend its first hour on whole trials of random points. A study of few trials cannot afford that: there the first goes on.
/// </summary>
public sealed class AutoPruner : IPruner
{
    private const int Rungs = 20;
    private const int Factor = 3;
    private const int LeastTrials = 2;

    /// <summary>The trials below which a study has few: with fewer, giving up the first two at each rung might leave no whole trial at all.</summary>
    private const int Few = 60;

    private readonly SuccessiveHalvingPruner halving;
    private readonly SuccessiveHalvingPruner ofFew;

    /// <summary>Made with its setting.</summary>
    /// <param name="lastStep">The steps of a whole trial; at least 1. Null: as many as the longest complete trial has; until there is one, nothing is given up.</param>
    public AutoPruner(int? lastStep = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lastStep ?? 1, 1);
        int? first = lastStep is { } last ? Math.Max(1, last / Rungs) : null;
        halving = new SuccessiveHalvingPruner(first, Factor, leastTrials: LeastTrials, firstShare: Rungs);
        ofFew = new SuccessiveHalvingPruner(first, Factor, leastTrials: 0, firstShare: Rungs);
    }

    /// <inheritdoc/>
    public string Name => "auto";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial) => (history.MaxTrials < Few ? ofFew : halving).ShouldPrune(history, trial);
}
