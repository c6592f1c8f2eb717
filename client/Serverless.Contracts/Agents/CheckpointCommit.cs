using Serverless.Contracts.Content;

namespace Serverless.Contracts.Agents;

/// <summary>Commits a checkpoint whose files are all uploaded. From then on, and not before, a next attempt starts from it.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Epoch">The claim's epoch.</param>
/// <param name="Sequence">1, 2, 3, … within the attempt; a commit that is not newer than the last changes nothing.</param>
/// <param name="Files">All files of the checkpoint.</param>
public sealed record CheckpointCommit(string NodeId, int Epoch, int Sequence, IReadOnlyList<ContentFile> Files);
