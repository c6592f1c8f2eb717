using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>A trial stopped because it was told to.</summary>
/// <param name="Trial">Its number.</param>
public sealed record TrialPruned(int Trial) : StudyEvent
{
    /// <summary>What is known of its end.</summary>
    public TrialEnding? Ending { get; init; }
}
