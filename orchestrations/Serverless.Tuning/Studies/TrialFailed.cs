namespace Serverless.Tuning.Studies;

/// <summary>A trial ended without a result.</summary>
/// <param name="Trial">Its number.</param>
public sealed record TrialFailed(int Trial) : StudyEvent;
