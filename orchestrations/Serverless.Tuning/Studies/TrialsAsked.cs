namespace Serverless.Tuning.Studies;

/// <summary>There is room for trials.</summary>
/// <param name="Count">For how many.</param>
public sealed record TrialsAsked(int Count = 1) : StudyEvent;
