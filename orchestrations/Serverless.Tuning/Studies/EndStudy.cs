namespace Serverless.Tuning.Studies;

/// <summary>No trial runs, and none will be started under the limits as they are. Raised limits open the study again.</summary>
/// <param name="Reason">Why.</param>
public sealed record EndStudy(StopReason Reason) : StudyAction;
