namespace Serverless.Infra.Local.Artifacts;

/// <summary>Where a <see cref="FileArtifactStore"/> keeps its files.</summary>
/// <param name="Root">The folder. Only one process writes in it.</param>
public sealed record FileStoreOptions(string Root);
