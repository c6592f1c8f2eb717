namespace Serverless.Core.Documents;

/// <summary>A document as stored.</summary>
/// <param name="Key">Its kind and id.</param>
/// <param name="Body">What was written.</param>
/// <param name="ETag">Changes with every write. Opaque.</param>
/// <param name="CreatedAt">When it was first written; kept by later writes.</param>
/// <param name="UpdatedAt">When it was last written.</param>
public sealed record StoredDocument(DocumentKey Key, DocumentBody Body, string ETag, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
