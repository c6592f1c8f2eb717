using Serverless.Tuning.Studies;

namespace Serverless.Tuning.Planning;

/// <summary>A long study by its beginning: the rest goes on as the second half of what was simulated, up to the limit that it meets first.</summary>
internal static class Extrapolation
{
    /// <summary>The whole.</summary>
    /// <param name="half">The study when half of the trials that were simulated had ended.</param>
    /// <param name="end">The study when all of them had.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="pricePerHour">The price of its machines.</param>
    public static SimulatedStudy Of(SimulatedStudy half, SimulatedStudy end, StudyLimits limits, decimal pricePerHour)
    {
        if (Ended(half) == Ended(end))
            half = new SimulatedStudy(StopReason.None, 0, 0, 0, 0, 0, 0, 0, 0);
        var trials = Ended(end) - Ended(half);
        double Per(Func<SimulatedStudy, double> figure) => (figure(end) - figure(half)) / trials;
        var price = (double)pricePerHour / 3_600;
        var (reason, more) = new[]
        {
            (StopReason.Trials, limits.MaxTrials - Ended(end)),
            (StopReason.Failures, Rest(limits.MaxFailures, end.Failed, Per(study => study.Failed))),
            (StopReason.Time, Rest(limits.MaxElapsed?.TotalSeconds, end.Seconds, Per(study => study.Seconds))),
            (StopReason.Cost, Rest((double?)limits.MaxCost, end.TrialSeconds * price, Per(study => study.TrialSeconds) * price)),
        }.MinBy(one => one.Item2);
        more = Math.Max(0, more);
        int Count(Func<SimulatedStudy, double> figure) => (int)Math.Round(figure(end) + more * Per(figure));
        double Sum(Func<SimulatedStudy, double> figure) => figure(end) + more * Per(figure);
        var (pruned, failed) = (Count(study => study.Pruned), Count(study => study.Failed));
        var started = (int)Math.Min(limits.MaxTrials, Ended(end) + Math.Ceiling(more));
        return new SimulatedStudy(reason, started, started - pruned - failed, pruned, failed, Count(study => study.Evictions), Sum(study => study.Seconds), Sum(study => study.TrialSeconds), Sum(study => study.NodeSeconds))
        {
            SimulatedTrials = (int)Ended(end),
        };
    }

    private static double Ended(SimulatedStudy study) => study.Complete + study.Pruned + study.Failed;

    private static double Rest(double? limit, double used, double each) => limit is { } most && each > 0 ? (most - used) / each : double.PositiveInfinity;
}
