namespace Serverless.Contracts.Jobs;

/// <summary>When a job is stopped. Times are in seconds.</summary>
public sealed record LimitSpec
{
    /// <summary>Longest run of one attempt, 1 to 2,592,000 (30 days). Default: 86,400 (one day).</summary>
    public int MaxRunSeconds { get; set; } = 86_400;

    /// <summary>From SIGTERM to the killing of the process tree, 0 to 3,600. Default: 30.</summary>
    public int GraceSeconds { get; set; } = 30;

    /// <summary>How often the job may be started in all when its node or agent is lost, 1 to 20. A program that fails by itself is not started again; up to 20 evictions with notice do not count. Default: 3.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>What the job may cost at most, in the currency of its machine's price, above 0. It is not admitted when one attempt to its time limit would cost more, and stopped before it costs more. Default: no limit of its own.</summary>
    public decimal? MaxCost { get; init; }
}
