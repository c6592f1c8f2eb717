namespace Serverless.Contracts.Jobs;

/// <summary>A file that a job wrote.</summary>
/// <param name="Path">Its path: the kind (<c>model</c>, <c>artifacts</c>, <c>checkpoint</c>, <c>tensorboard</c>), then the path below that folder.</param>
/// <param name="SizeBytes">Length in bytes.</param>
/// <param name="ModifiedAt">When it was uploaded.</param>
public sealed record JobFile(string Path, long SizeBytes, DateTimeOffset ModifiedAt);
