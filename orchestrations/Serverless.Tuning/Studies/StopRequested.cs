namespace Serverless.Tuning.Studies;

/// <summary>Someone wants no further trials. Those that run come to their end.</summary>
public sealed record StopRequested : StudyEvent;
