using Serverless.Contracts.Content;

namespace Serverless.Core.Jobs;

/// <summary>A committed checkpoint.</summary>
/// <param name="Epoch">The attempt that wrote it.</param>
/// <param name="Sequence">Its number within the attempt.</param>
/// <param name="Files">Its files; the bytes are at <see cref="Artifacts.ArtifactPaths.CheckpointContent"/>.</param>
/// <param name="CommittedAt">When it was committed.</param>
public sealed record JobCheckpoint(int Epoch, int Sequence, IReadOnlyList<ContentFile> Files, DateTimeOffset CommittedAt);
