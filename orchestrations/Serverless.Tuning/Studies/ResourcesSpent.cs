namespace Serverless.Tuning.Studies;

/// <summary>What the study has used so far. Less than was said before is ignored.</summary>
/// <param name="Elapsed">The time since its beginning.</param>
/// <param name="Cost">The money, in the currency of the limit.</param>
public sealed record ResourcesSpent(TimeSpan Elapsed, decimal Cost) : StudyEvent;
