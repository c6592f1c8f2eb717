namespace Serverless.Tuning.Planning;

/// <summary>What a study can cost at most, whatever its trials do: by each limit that bounds it. Machine price times the time that trials have machines; pure arithmetic, no luck.</summary>
/// <param name="Amount">At most so much.</param>
/// <param name="By">The limit that says so.</param>
public sealed record CostBound(decimal Amount, CostBoundBy By)
{
    /// <summary>How long an agent that does not obey may hold its machine after a stop, beyond the grace period, in seconds: renewal, two minutes, and the time to end it.</summary>
    public const double DeafSeconds = 150;

    /// <summary>The least of the bounds by trials, by time, and by the study's own limit on cost.</summary>
    /// <param name="scenario">The study.</param>
    /// <param name="graceSeconds">The grace period of its trials.</param>
    /// <param name="mayLoseNodes">Whether machines may be taken away: each such attempt is paid.</param>
    public static CostBound Of(StudyScenario scenario, double graceSeconds, bool mayLoseNodes)
    {
        var (limits, trial, price) = (scenario.Limits, scenario.Trial, scenario.Pool.PricePerHour);
        if (price == 0)
            return new CostBound(0, CostBoundBy.Price);
        decimal Pay(double seconds) => price * (decimal)seconds / 3_600m;
        var attempt = trial.MaxRunSeconds + graceSeconds + DeafSeconds;
        var attempts = trial.MaxAttempts + (mayLoseNodes ? trial.FreeEvictions : 0);
        var atOnce = Math.Min(limits.Parallelism, scenario.Pool.MaxNodes);
        var one = Pay(attempt * attempts);
        var single = trial.MaxCost is { } most ? Math.Min(one, most + Pay(graceSeconds + DeafSeconds)) : one;
        var bounds = new List<CostBound> { new(limits.MaxTrials * single, CostBoundBy.Trials) };

        // A machine works for a study that has time for so long, and then on the trials that were started by then: as many for each machine as may run at once.
        if (limits.MaxElapsed is { } time)
            bounds.Add(new CostBound(atOnce * Pay(time.TotalSeconds) + limits.Parallelism * single, CostBoundBy.Time));
        var look = scenario.Pruner is null ? scenario.Pace.PatienceSeconds : scenario.Pace.GlanceSeconds;
        if (limits.MaxCost is { } own)
            bounds.Add(new CostBound(own + atOnce * Pay(look + graceSeconds + DeafSeconds), CostBoundBy.Cost));
        return bounds.MinBy(bound => bound.Amount)!;
    }
}
