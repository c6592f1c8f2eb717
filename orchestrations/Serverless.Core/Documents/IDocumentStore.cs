namespace Serverless.Core.Documents;

/// <summary>
/// JSON documents by kind and id. Every write is conditional or says that it is not; a reader sees whole documents only.
/// Errors: <see cref="Failures.ServerlessException"/> with <c>storage_full</c>, <c>unavailable</c> (retryable).
/// </summary>
public interface IDocumentStore
{
    /// <summary>The document, or null.</summary>
    Task<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancel);

    /// <summary>Writes a document when the condition holds.</summary>
    /// <returns>The document as stored, or null when the condition does not hold and nothing has changed.</returns>
    Task<StoredDocument?> PutAsync(DocumentKey key, DocumentBody body, DocumentCondition condition, CancellationToken cancel);

    /// <summary>Deletes a document when the condition holds; false when it does not, or nothing was there.</summary>
    Task<bool> DeleteAsync(DocumentKey key, DocumentCondition condition, CancellationToken cancel);

    /// <summary>A page of documents of a kind, newest first by creation.</summary>
    Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancel);

    /// <summary>How many documents of a kind have these values in their summary, from an index alone. A write that was broken off may be counted for a day.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="where">Values that the summary must have; at least one.</param>
    /// <param name="most">Up to how many are counted, 1 to <see cref="DocumentRules.MaxCount"/>.</param>
    /// <param name="cancel">Breaks off.</param>
    Task<int> CountAsync(string kind, IReadOnlyDictionary<string, string> where, int most, CancellationToken cancel);
}
