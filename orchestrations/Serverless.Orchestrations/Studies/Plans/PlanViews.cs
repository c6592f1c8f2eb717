using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Tuning.Planning;
using Serverless.Tuning.Studies;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>How a forecast is shown. Pure.</summary>
internal static class PlanViews
{
    private const double Hour = 3_600;

    /// <summary>All of it.</summary>
    public static PlanForecast View(Forecast forecast, decimal pricePerHour) => new()
    {
        Simulations = forecast.Runs,
        EndsBy = Reason(forecast.Reason),
        EndsByShare = forecast.ReasonShare,
        Started = Range(forecast.Started),
        Complete = Range(forecast.Complete),
        Pruned = Range(forecast.Pruned),
        Failed = Range(forecast.Failed),
        Evictions = Range(forecast.Evictions),
        Seconds = Range(forecast.Seconds),
        NodeHours = Range(forecast.NodeSeconds, 1 / Hour),
        Cost = Range(forecast.TrialSeconds, (double)pricePerHour / Hour),
        MachineCost = Range(forecast.NodeSeconds, (double)pricePerHour / Hour),
    };

    /// <summary>A range, each figure times a factor.</summary>
    public static PlanRange Range(Spread spread, double factor = 1) => new(spread.Low * factor, spread.Median * factor, spread.High * factor);

    /// <summary>The size of a space.</summary>
    public static PlanSpace View(SpaceSize size) => new(size.Searched, size.Conditional, size.Points, size.PresentShare, size.PermittedShare);

    /// <summary>Which limit bounds the cost.</summary>
    public static PlanCeiling View(CostBound bound, StudySpec spec, decimal? budgetLeft)
    {
        if (budgetLeft is { } left && left < bound.Amount)
            return new PlanCeiling(left, "what is left of the month's budget: it stops what would pass it");
        return new PlanCeiling(bound.Amount, bound.By switch
        {
            CostBoundBy.Price => "its machines cost nothing",
            CostBoundBy.Trials => FormattableString.Invariant($"{spec.Limits.Trials} trials, each with all its attempts to their limit of {spec.Job.Limits.MaxRunSeconds} s{(spec.Job.Limits.MaxCost is null ? "" : " or of its cost")} (limits.trials, job.limits)"),
            CostBoundBy.Time => FormattableString.Invariant($"{spec.Limits.Seconds} s on as many machines as run at once, and the trials that were begun by then to their own limit (limits.seconds, job.limits)"),
            CostBoundBy.Cost => FormattableString.Invariant($"{spec.Limits.MaxCost} by limits.maxCost, and what is spent until the trials that run then have stopped, even those that do not obey"),
            _ => throw new ArgumentOutOfRangeException(nameof(bound), bound.By, null),
        });
    }

    private static StudyStopReason Reason(StopReason reason) => reason switch
    {
        StopReason.None => StudyStopReason.None,
        StopReason.Requested => StudyStopReason.Requested,
        StopReason.Trials => StudyStopReason.Trials,
        StopReason.Failures => StudyStopReason.Failures,
        StopReason.Time => StudyStopReason.Time,
        StopReason.Cost => StudyStopReason.Cost,
        StopReason.Target => StudyStopReason.Target,
        StopReason.Exhausted => StudyStopReason.Exhausted,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
