namespace Serverless.Contracts.Studies;

/// <summary>New limits of a study that runs; what is left out stays.</summary>
public sealed record StudyResize
{
    /// <summary>The most trials to start.</summary>
    public int? Trials { get; init; }

    /// <summary>The most trials that run at once. Fewer than run now: no new one until so many have ended.</summary>
    public int? Parallelism { get; init; }

    /// <summary>The failed trials after which it gives up.</summary>
    public int? Failures { get; init; }

    /// <summary>The seconds from its start after which no trial is started.</summary>
    public double? Seconds { get; init; }

    /// <summary>What it may cost.</summary>
    public decimal? MaxCost { get; init; }
}
