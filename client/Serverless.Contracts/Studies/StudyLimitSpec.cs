namespace Serverless.Contracts.Studies;

/// <summary>How much a study may do. Parallelism and limits may be changed while it runs.</summary>
public sealed record StudyLimitSpec
{
    /// <summary>The most trials to start, 1 to 100,000. Default: 100.</summary>
    public int Trials { get; set; } = 100;

    /// <summary>The most trials that run at once, 1 to 1,000. Default: 1.</summary>
    public int Parallelism { get; set; } = 1;

    /// <summary>The failed trials after which it gives up, from 1. Default: 20.</summary>
    public int Failures { get; set; } = 20;

    /// <summary>The seconds from its start after which no trial is started, from 1. Default: no limit.</summary>
    public double? Seconds { get; init; }

    /// <summary>What it may cost: from there on no trial is started, and those that run are stopped. Above 0, in the currency of its machines' prices. Default: no limit of its own.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>A value of the one objective that is good enough. Default: none is.</summary>
    public double? Target { get; init; }
}
