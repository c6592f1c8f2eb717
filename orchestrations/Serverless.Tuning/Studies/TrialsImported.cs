namespace Serverless.Tuning.Studies;

/// <summary>Trials of an earlier study, to learn from. They do not count towards limits. Handed over once, before the first trial.</summary>
/// <param name="Trials">The trials, at their end; coordinates are those of this study's space.</param>
public sealed record TrialsImported(IReadOnlyList<TrialRecord> Trials) : StudyEvent;
