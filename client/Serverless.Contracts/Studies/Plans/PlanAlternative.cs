namespace Serverless.Contracts.Studies.Plans;

/// <summary>A way to run the study.</summary>
public sealed record PlanAlternative
{
    /// <summary>Whether it is the study as it was asked for.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Trials at once.</summary>
    public required int Parallelism { get; init; }

    /// <summary>The pruner's name.</summary>
    public required string Pruner { get; init; }

    /// <summary>The machine's size.</summary>
    public required string Size { get; init; }

    /// <summary>Whether the machine may be taken away at any time.</summary>
    public bool Spot { get; init; }

    /// <summary>The machine's raw price per hour.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>Trials that run whole, the median.</summary>
    public required double Complete { get; init; }

    /// <summary>From submission to the last trial's end.</summary>
    public required PlanRange Seconds { get; init; }

    /// <summary>What the trials' jobs cost.</summary>
    public required PlanRange Cost { get; init; }

    /// <summary>What the machines cost with booting and waiting, the median.</summary>
    public required double MachineCost { get; init; }
}
