using Serverless.Contracts.Content;

namespace Serverless.Contracts.Agents;

/// <summary>Asks for addresses to PUT files to. 409 <c>stale_epoch</c> when the claim is over.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Epoch">The claim's epoch.</param>
/// <param name="Kind">The files' kind.</param>
/// <param name="Files">The files.</param>
public sealed record UploadRequest(string NodeId, int Epoch, FileKind Kind, IReadOnlyList<ContentFile> Files);
