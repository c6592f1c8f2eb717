using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>
/// Lets a trial go on at each rung (steps that rise by a factor) only when it is among the best of those that came so far: asynchronous successive halving
/// (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020), in the form that stops and never resumes.
/// </summary>
public sealed class SuccessiveHalvingPruner : IPruner
{
    private readonly int firstStep;
    private readonly int factor;
    private readonly int skippedRungs;
    private readonly int leastTrials;
    private readonly int firstShare;

    /// <summary>Made with its settings.</summary>
    /// <param name="firstStep">The first rung's step; at least 1. Null: a share of the steps of the longest complete trial.</param>
    /// <param name="factor">The ratio of rungs, and the part of the trials that goes on; at least 2.</param>
    /// <param name="skippedRungs">How many of the lowest rungs are left out; not negative.</param>
    /// <param name="leastTrials">A rung reached by no more than this lets nobody on; 0: the first is let on.</param>
    /// <param name="firstShare">Without a first step, which share of the longest trial it is; at least 1.</param>
    public SuccessiveHalvingPruner(int? firstStep = null, int factor = 4, int skippedRungs = 0, int leastTrials = 0, int firstShare = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstStep ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(skippedRungs);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstShare, 1);
        (this.firstStep, this.factor, this.skippedRungs, this.leastTrials, this.firstShare) = (firstStep ?? 0, factor, skippedRungs, leastTrials, firstShare);
    }

    /// <inheritdoc/>
    public string Name => "successive-halving";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial) => ShouldPrune(history, trial, _ => true);

    /// <summary>The same among some of the trials.</summary>
    internal bool ShouldPrune(TrialHistory history, Trial trial, Func<Trial, bool> competes)
    {
        var last = trial.Curves[0].Steps[^1];
        var first = firstStep > 0 ? firstStep : Guess(history);
        if (first == 0)
            return false;
        for (var rung = first * Math.Pow(factor, skippedRungs); rung <= last; rung *= factor)
        {
            if (FirstFrom(trial.Curves[0], rung) == trial.Curves[0].Count - 1 && !IsPromoted(history, trial, rung, competes))
                return true;
        }

        return false;
    }

    private bool IsPromoted(TrialHistory history, Trial trial, double rung, Func<Trial, bool> competes)
    {
        var own = history.Objectives[0].Loss(trial.Curves[0].Values[^1]);
        if (double.IsNaN(own))
            return false;
        var (count, better) = (0, 0);
        foreach (var other in history.Trials)
        {
            var index = FirstFrom(other.Curves[0], rung);
            if (index < 0 || !competes(other))
                continue;
            var loss = history.Objectives[0].Loss(other.Curves[0].Values[index]);
            count += double.IsNaN(loss) ? 0 : 1;
            better += loss < own ? 1 : 0;
        }

        return count > leastTrials && better < Math.Max(count / factor, 1);
    }

    /// <summary>The first point of a curve at a step or later; -1: there is none.</summary>
    private static int FirstFrom(Curve curve, double step)
    {
        if (curve.Count == 0 || curve.Steps[^1] < step)
            return -1;
        int low = 0, high = curve.Count - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = curve.Steps[middle] < step ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int Guess(TrialHistory history)
    {
        var longest = -1;
        foreach (var trial in history.Ended)
        {
            if (trial.Status == TrialStatus.Complete && trial.Curves[0].Count > 0)
                longest = Math.Max(longest, trial.Curves[0].Steps[^1]);
        }

        return longest < 0 ? 0 : Math.Max(longest / firstShare, 1);
    }
}
