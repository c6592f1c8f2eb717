namespace Serverless.Tuning.Studies;

/// <summary>A trial stopped because it was told to.</summary>
/// <param name="Trial">Its number.</param>
public sealed record TrialPruned(int Trial) : StudyEvent;
