using Serverless.Tuning.Numerics;
using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>
/// Gives up a trial that Wilcoxon's signed-rank test (Biometrics Bulletin 1, 1945) finds worse than the best one, step by step. For objectives that are a mean
/// over cases, such as folds: a step is a case, and steps may come in any order.
/// </summary>
public sealed class WilcoxonPruner : IPruner
{
    private readonly double threshold;
    private readonly int startupSteps;

    /// <summary>Made with its settings.</summary>
    /// <param name="threshold">The probability below which it gives up; in [0, 1].</param>
    /// <param name="startupSteps">How many steps it wants to see first; two at least.</param>
    public WilcoxonPruner(double threshold = 0.1, int startupSteps = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        (this.threshold, this.startupSteps) = (threshold, Math.Max(2, startupSteps));
    }

    /// <inheritdoc/>
    public string Name => "wilcoxon";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial)
    {
        var best = history.Ended.Where(other => other.Status == TrialStatus.Complete).MinBy(other => (history.Loss(other), other.Number));
        if (best is null || best.Curves[0].Count == 0 || !best.Curves[0].Values.All(double.IsFinite) || !trial.Curves[0].Values.All(double.IsFinite))
            return false;
        var differences = new List<double>();
        for (var index = 0; index < trial.Curves[0].Count; index++)
        {
            if (best.Curves[0].At(trial.Curves[0].Steps[index]) is { } value)
                differences.Add(history.Objectives[0].Loss(trial.Curves[0].Values[index]) - history.Objectives[0].Loss(value));
        }

        // A trial whose mean is no worse than the best one's may still win: the test sees ranks alone.
        return differences.Count >= startupSteps
            && SignedRank.ProbabilityOfGreater(differences) < threshold
            && history.Objectives[0].Loss(trial.Curves[0].Values.Average()) > history.Objectives[0].Loss(best.Curves[0].Values.Average());
    }
}
