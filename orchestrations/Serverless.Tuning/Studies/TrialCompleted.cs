using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>A trial came to its end.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Values">A value for each objective; null: by what was reported and each objective's rule. Without a value, or with one that is not a number, the trial has failed.</param>
public sealed record TrialCompleted(int Trial, IReadOnlyList<double>? Values = null) : StudyEvent
{
    /// <summary>What is known of its end.</summary>
    public TrialEnding? Ending { get; init; }
}
