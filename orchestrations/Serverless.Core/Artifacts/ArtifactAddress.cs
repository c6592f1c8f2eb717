namespace Serverless.Core.Artifacts;

/// <summary>A short-lived address.</summary>
/// <param name="Url">Absolute, or relative to the host's address.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LocalPath">The file itself, when the store is on a disk that a node may share. For reading only.</param>
public sealed record ArtifactAddress(string Url, DateTimeOffset ExpiresAt, string? LocalPath = null);
