using Serverless.Tuning.Sampling;

namespace Serverless.Tuning.Studies;

/// <summary>What changed of a study: with the state before it, the state after it (<see cref="StudyState.With"/>). It is as large as what changed, not as the study.</summary>
/// <param name="Random">The generator's state.</param>
/// <param name="Memory">What the sampler remembers.</param>
/// <param name="Limits">The limits.</param>
public sealed record StudyDelta(string Random, SamplerMemory Memory, StudyLimits Limits)
{
    /// <summary>The trials that are new or changed, as they are now.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; init; } = [];

    /// <summary>The numbers of the trials that ended meanwhile, in the order in which they did.</summary>
    public int[] Ended { get; init; } = [];

    /// <summary>Points that someone wants tried, in their order.</summary>
    public IReadOnlyList<double[]> Chosen { get; init; } = [];

    /// <summary>The time that was spent.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The money that was spent.</summary>
    public decimal Cost { get; init; }

    /// <summary>Someone asked for the end.</summary>
    public bool StopRequested { get; init; }

    /// <summary>The sampler has nothing more to try.</summary>
    public bool Exhausted { get; init; }
}
