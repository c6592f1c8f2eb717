namespace Serverless.Tuning.Planning;

/// <summary>The machines that trials run on, one trial at a time each.</summary>
/// <param name="MaxNodes">Most machines at once; at least 1.</param>
/// <param name="PricePerHour">What one costs an hour; 0: nothing.</param>
public sealed record PoolModel(int MaxNodes, decimal PricePerHour)
{
    /// <summary>From asking for a machine to its agent's first word, in seconds; the median.</summary>
    public double BootSeconds { get; init; }

    /// <summary>How far the time to boot varies: the standard deviation of its logarithm.</summary>
    public double BootSpread { get; init; }

    /// <summary>How long a machine without work stays, in seconds.</summary>
    public double IdleSeconds { get; init; }

    /// <summary>How often a machine is taken away in an hour of work; 0: never. The trial on it begins anew on another.</summary>
    public double EvictionsPerHour { get; init; }
}
