namespace Serverless.Contracts.Studies.Plans;

/// <summary>What a trial is expected to be like.</summary>
public sealed record PlanTrial
{
    /// <summary>How its time is known.</summary>
    public required PlanSource Source { get; init; }

    /// <summary>That in words.</summary>
    public required string From { get; init; }

    /// <summary>How long a whole trial holds its machine, in seconds.</summary>
    public required PlanRange Seconds { get; init; }

    /// <summary>How often it reports its metric; null: not known.</summary>
    public int? Steps { get; init; }

    /// <summary>The part that fails, 0 to 1.</summary>
    public double FailureRate { get; init; }

    /// <summary>From how many earlier trials or jobs that follows; 0: none.</summary>
    public int Seen { get; init; }
}
