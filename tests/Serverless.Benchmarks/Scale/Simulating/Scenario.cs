namespace Serverless.Benchmarks.Scale.Simulating;

/// <summary>What is simulated: a day of jobs on pools of scale sets. What no source says is stated here, and in the documentation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="JobsPerDay">Jobs a day.</param>
/// <param name="Pools">Pools, among which jobs are dealt in turn; each is a scale set.</param>
/// <param name="MaxNodes">Most machines of each.</param>
internal sealed record Scenario(string Name, int JobsPerDay, int Pools, int MaxNodes)
{
    /// <summary>How often an agent renews its claim, as pools of scale sets have it. A job is looked at when its claim would run out, which is counted at a renewal each second and a claim of 15.</summary>
    public double RenewSeconds { get; init; } = 10;

    /// <summary>How long a claim holds.</summary>
    public double LeaseSeconds { get; init; } = 60;

    /// <summary>How long a look at a scale set is told to jobs that want no more machines, as <c>ScaleSetPoolOptions.LookHolds</c> has it; 0: each waiting job looks by itself.</summary>
    public double LookSeconds { get; init; } = 15;

    /// <summary>Least time between two looks when more machines are wanted, as <c>ScaleSetPoolOptions.LookGap</c> has it.</summary>
    public double LookGap { get; init; } = 2;

    /// <summary>How long a machine without work stays.</summary>
    public double IdleSeconds { get; init; } = 60;

    /// <summary>The share of jobs that come as the trials of a study, all at once.</summary>
    public double StudyShare { get; init; } = 0.2;

    /// <summary>Trials of a study.</summary>
    public int StudyTrials { get; init; } = 25;

    /// <summary>The middle of how long a program runs; lengths are lognormal.</summary>
    public double MedianSeconds { get; init; } = 240;

    /// <summary>How wide the lengths are spread: their mean is 2.05 × the middle at 1.2.</summary>
    public double Sigma { get; init; } = 1.2;

    /// <summary>How long a machine takes to come: its middle; Azure promises nothing.</summary>
    public double BootSeconds { get; init; } = 150;
}
