namespace Serverless.Contracts.Studies;

/// <summary>How a study that has ended goes on; what is left out stays as it was.</summary>
public sealed record StudyResume
{
    /// <summary>The most trials in all, those that it has included.</summary>
    public int? Trials { get; init; }

    /// <summary>The most trials that run at once.</summary>
    public int? Parallelism { get; init; }

    /// <summary>The failed trials in all after which it gives up.</summary>
    public int? Failures { get; init; }

    /// <summary>The seconds of all its runs, without the times between them, after which no trial is started.</summary>
    public double? Seconds { get; init; }

    /// <summary>What it may cost in all.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>A value of the one objective that is good enough.</summary>
    public double? Target { get; init; }
}
