namespace Serverless.Contracts.Studies.Plans;

/// <summary>What a study is expected to come to.</summary>
public sealed record PlanForecast
{
    /// <summary>How many studies were simulated.</summary>
    public required int Simulations { get; init; }

    /// <summary>What ends it first in most of them.</summary>
    public required StudyStopReason EndsBy { get; init; }

    /// <summary>In which part of them, 0 to 1.</summary>
    public required double EndsByShare { get; init; }

    /// <summary>Trials that begin.</summary>
    public required PlanRange Started { get; init; }

    /// <summary>Trials that run whole.</summary>
    public required PlanRange Complete { get; init; }

    /// <summary>Trials that are given up while they run.</summary>
    public required PlanRange Pruned { get; init; }

    /// <summary>Trials that fail, or are stopped when the money is spent.</summary>
    public required PlanRange Failed { get; init; }

    /// <summary>Machines that are taken away under a trial.</summary>
    public required PlanRange Evictions { get; init; }

    /// <summary>From submission to the last trial's end.</summary>
    public required PlanRange Seconds { get; init; }

    /// <summary>The machines' hours with booting and waiting.</summary>
    public required PlanRange NodeHours { get; init; }

    /// <summary>What the trials' jobs cost, as the platform counts it and the limits mean it: from claim to end.</summary>
    public required PlanRange Cost { get; init; }

    /// <summary>What the machines cost with booting and waiting, as a provider bills it.</summary>
    public required PlanRange MachineCost { get; init; }
}
