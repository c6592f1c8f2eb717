using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>A trial ended without a result.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Cut">It was broken off from outside, not by what it did: it does not count as a failure, and may be run again (<see cref="StudyState.Reopen"/>).</param>
public sealed record TrialFailed(int Trial, bool Cut = false) : StudyEvent
{
    /// <summary>What is known of its end.</summary>
    public TrialEnding? Ending { get; init; }
}
