namespace Serverless.Contracts.Agents;

/// <summary>The addresses, in the order of the files that were asked for; null where the store has that content at that path already.</summary>
public sealed record UploadResponse(IReadOnlyList<FileAddress?> Addresses);
