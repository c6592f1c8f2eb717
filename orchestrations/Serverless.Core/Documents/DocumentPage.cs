namespace Serverless.Core.Documents;

/// <summary>A page of documents, newest first.</summary>
/// <param name="Documents">The documents.</param>
/// <param name="Next">Where the next page begins; null when this is the last. Documents that are made meanwhile do not shift the pages.</param>
public sealed record DocumentPage(IReadOnlyList<StoredDocument> Documents, string? Next);
