namespace Serverless.Orchestrations.Studies;

/// <summary>How a study was seen, and what is next.</summary>
/// <param name="Next">What is next.</param>
/// <param name="Wait">For <see cref="StudyPhase.Wait"/>: how long, unless something happens before.</param>
public sealed record StudySeen(StudyPhase Next, TimeSpan Wait);
