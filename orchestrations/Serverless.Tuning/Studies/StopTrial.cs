namespace Serverless.Tuning.Studies;

/// <summary>Stop a running trial, and say <see cref="TrialPruned"/> when it has stopped. It is asked for once.</summary>
/// <param name="Trial">Its number.</param>
public sealed record StopTrial(int Trial) : StudyAction;
