using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>A trial ended without a result.</summary>
/// <param name="Trial">Its number.</param>
public sealed record TrialFailed(int Trial) : StudyEvent
{
    /// <summary>What is known of its end.</summary>
    public TrialEnding? Ending { get; init; }
}
