using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>
/// Gives up a trial whose best value so far is worse than a percentile of what complete trials had at the same step. With 50 it is the median rule
/// of Google Vizier (Golovin et al., KDD 2017, section 3.2.2).
/// </summary>
public sealed class PercentilePruner : IPruner
{
    private readonly double percentile;
    private readonly int startupTrials;
    private readonly int leastTrials;
    private readonly PruningSchedule schedule;

    /// <summary>Made with its settings.</summary>
    /// <param name="percentile">Which part of the trials may go on, in percent; in [0, 100].</param>
    /// <param name="startupTrials">How many trials must be complete before it gives up any.</param>
    /// <param name="leastTrials">How many of them must have a value at the step.</param>
    /// <param name="schedule">When it looks.</param>
    public PercentilePruner(double percentile = 50, int startupTrials = 5, int leastTrials = 1, PruningSchedule? schedule = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percentile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentile, 100);
        (this.percentile, this.startupTrials, this.leastTrials, this.schedule) = (percentile, startupTrials, leastTrials, schedule ?? PruningSchedule.Always);
    }

    /// <inheritdoc/>
    public string Name => percentile == 50 ? "median" : "percentile";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial)
    {
        var curve = trial.Curves[0];
        if (!schedule.IsDue(curve))
            return false;
        var complete = 0;
        var others = new List<double>();
        foreach (var other in history.Ended)
        {
            if (other.Status != TrialStatus.Complete)
                continue;
            complete++;
            if (other.Curves[0].At(curve.Steps[^1]) is { } value)
                others.Add(history.Objectives[0].Loss(value));
        }

        if (complete == 0 || complete < startupTrials)
            return false;
        var best = Losses.Best(history.Objectives[0], curve, 0, curve.Count);
        if (double.IsNaN(best))
            return true;
        return others.Count >= leastTrials && best > Losses.Percentile(others, percentile);
    }
}
