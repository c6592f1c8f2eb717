namespace Serverless.Tuning.Planning;

/// <summary>What a trial is like, and the limits of its job.</summary>
/// <param name="Times">How long one runs.</param>
public sealed record TrialModel(TrialTimes Times)
{
    /// <summary>How often a whole trial reports its metric, evenly over its time; 0: at its end alone.</summary>
    public int Steps { get; init; }

    /// <summary>The distance of two reported steps, at least 1: of a trial with very many steps some are left out of the simulation.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Curves that earlier trials reported, as losses by part of a whole trial; none: they are made up.</summary>
    public IReadOnlyList<double[]> Curves { get; init; } = [];

    /// <summary>The part of the trials that fail, in [0, 1]; they do so somewhere in their time.</summary>
    public double FailureShare { get; init; }

    /// <summary>Longest run of one attempt, in seconds; a trial that takes longer fails.</summary>
    public double MaxRunSeconds { get; init; } = 86_400;

    /// <summary>How often a job may be started when its node is lost, beyond <see cref="FreeEvictions"/>.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How many evictions do not count as attempts.</summary>
    public int FreeEvictions { get; init; } = 20;

    /// <summary>What a trial may cost by its job's own limit; it is stopped before. Null: no such limit.</summary>
    public decimal? MaxCost { get; init; }
}
