namespace Serverless.Contracts.Experiments;

/// <summary>A note to be added.</summary>
/// <param name="Text">1 to 4,000 characters; line breaks are kept.</param>
public sealed record ExperimentNoteRequest(string Text);
