using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>When a pruner looks at a trial at all.</summary>
public sealed record PruningSchedule
{
    /// <summary>Looks at every report.</summary>
    public static PruningSchedule Always { get; } = new();

    /// <summary>Trials before this step are left alone.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>From there it looks once in so many steps, at the first report that comes; at least 1.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>Whether to look at the last point of a curve.</summary>
    internal bool IsDue(Curve curve)
    {
        var step = curve.Steps[^1];
        if (step < WarmupSteps)
            return false;
        var due = (step - WarmupSteps) / Interval * Interval + WarmupSteps;
        return curve.Count < 2 || curve.Steps[^2] < due;
    }
}
