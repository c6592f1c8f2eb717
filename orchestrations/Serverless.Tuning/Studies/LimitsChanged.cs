namespace Serverless.Tuning.Studies;

/// <summary>Someone changed the limits while the study runs.</summary>
/// <param name="Limits">The new ones, all of them. Trials that run are not stopped by them.</param>
public sealed record LimitsChanged(StudyLimits Limits) : StudyEvent;
