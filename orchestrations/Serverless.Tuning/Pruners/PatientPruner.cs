using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>Gives up a trial that has not become better for a while; with another pruner, only one that the other gives up too.</summary>
public sealed class PatientPruner : IPruner
{
    private readonly IPruner? other;
    private readonly int patience;
    private readonly double leastGain;

    /// <summary>Made with its settings.</summary>
    /// <param name="other">Who must agree; null: nobody.</param>
    /// <param name="patience">How many reports it waits for a better value.</param>
    /// <param name="leastGain">How much worse than before still counts as no worse; not negative.</param>
    public PatientPruner(IPruner? other = null, int patience = 5, double leastGain = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(leastGain);
        (this.other, this.patience, this.leastGain) = (other, patience, leastGain);
    }

    /// <inheritdoc/>
    public string Name => other is null ? "patient" : $"patient+{other.Name}";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial)
    {
        var curve = trial.Curves[0];
        var recent = curve.Count - patience - 1;
        if (recent <= 0)
            return false;
        var before = Losses.Best(history.Objectives[0], curve, 0, recent);
        var after = Losses.Best(history.Objectives[0], curve, recent, curve.Count);
        return before + leastGain < after && (other is null || other.ShouldPrune(history, trial));
    }
}
