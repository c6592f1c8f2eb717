namespace Serverless.Core.Artifacts;

/// <summary>What a store says of an artifact.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="SizeBytes">Length in bytes.</param>
/// <param name="ETag">Changes whenever the bytes do. Opaque.</param>
/// <param name="ModifiedAt">When it was last written.</param>
public sealed record ArtifactEntry(ArtifactPath Path, long SizeBytes, string ETag, DateTimeOffset ModifiedAt);
