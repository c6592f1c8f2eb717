namespace Serverless.Core.Experiments;

/// <summary>A note on an experiment; it is written once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Text">What was written.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
public sealed record NoteRecord(string Id, string Experiment, string Text, string By, DateTimeOffset At);
