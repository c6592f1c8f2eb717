using Serverless.Tuning.Pruning;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>Gives up a trial whose latest value is outside of a range, or no number.</summary>
public sealed class ThresholdPruner : IPruner
{
    private readonly double lower;
    private readonly double upper;
    private readonly PruningSchedule schedule;

    /// <summary>Made with its settings.</summary>
    /// <param name="lower">The least value to go on with.</param>
    /// <param name="upper">The greatest value to go on with; not below <paramref name="lower"/>.</param>
    /// <param name="schedule">When it looks.</param>
    public ThresholdPruner(double lower = double.NegativeInfinity, double upper = double.PositiveInfinity, PruningSchedule? schedule = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lower, upper);
        (this.lower, this.upper, this.schedule) = (lower, upper, schedule ?? PruningSchedule.Always);
    }

    /// <inheritdoc/>
    public string Name => "threshold";

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial) =>
        schedule.IsDue(trial.Curves[0]) && !(trial.Curves[0].Values[^1] >= lower && trial.Curves[0].Values[^1] <= upper);
}
