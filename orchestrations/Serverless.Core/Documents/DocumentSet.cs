using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Core.Failures;

namespace Serverless.Core.Documents;

/// <summary>Documents of one kind as typed records. Features derive one each and say how a record is named and summed up.</summary>
/// <param name="store">Where they are.</param>
/// <param name="kind">Their kind.</param>
/// <param name="json">How they are written.</param>
public abstract class DocumentSet<T>(IDocumentStore store, string kind, JsonTypeInfo<T> json)
    where T : class
{
    /// <summary>How often an update is tried again when others change the same document; each try reads anew.</summary>
    private const int UpdateTries = 50;

    /// <summary>The record's id.</summary>
    protected abstract string IdOf(T record);

    /// <summary>The name for people, any part of which can be searched for.</summary>
    protected virtual string NameOf(T record) => IdOf(record);

    /// <summary>The values by which queries filter.</summary>
    protected virtual IReadOnlyDictionary<string, string> SummaryOf(T record) => new Dictionary<string, string>();

    /// <summary>The record, or null.</summary>
    public async Task<T?> FindAsync(string id, CancellationToken cancel) =>
        await store.GetAsync(new DocumentKey(kind, id), cancel) is { } stored ? Read(stored) : null;

    /// <summary>The record with the ETag under which it was read, or null.</summary>
    public async Task<(T Record, string ETag)?> ReadAsync(string id, CancellationToken cancel) =>
        await store.GetAsync(new DocumentKey(kind, id), cancel) is { } stored ? (Read(stored), stored.ETag) : null;

    /// <summary>Writes a new record; false when one with its id exists, which is left alone.</summary>
    public async Task<bool> CreateAsync(T record, CancellationToken cancel) =>
        await store.PutAsync(new DocumentKey(kind, IdOf(record)), Write(record), DocumentCondition.Absent, cancel) is not null;

    /// <summary>Writes a record in place of the one that was read under an ETag; false when it has changed meanwhile.</summary>
    public async Task<bool> ReplaceAsync(T record, string eTag, CancellationToken cancel) =>
        await store.PutAsync(new DocumentKey(kind, IdOf(record)), Write(record), DocumentCondition.Unchanged(eTag), cancel) is not null;

    /// <summary>Reads, decides and writes until no one came between.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="decide">From what is there to what shall be there; the same instance means no change. Pure: it may be called several times.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>What is there afterwards; null when there is no such record.</returns>
    /// <exception cref="ServerlessException"><c>conflict</c> (retryable) when others came between too often.</exception>
    public async Task<T?> UpdateAsync(string id, Func<T, T> decide, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < UpdateTries; attempt++)
        {
            if (await ReadAsync(id, cancel) is not (var record, var eTag))
                return null;
            var next = decide(record);
            if (ReferenceEquals(next, record) || await ReplaceAsync(next, eTag, cancel))
                return next;
        }

        throw Fail.Conflict($"The {kind} '{id}' was changed by others {UpdateTries} times while it was being updated.", "Try again.", retryable: true);
    }

    /// <summary>Deletes a record; false when there was none.</summary>
    public Task<bool> DeleteAsync(string id, CancellationToken cancel) =>
        store.DeleteAsync(new DocumentKey(kind, id), DocumentCondition.Always, cancel);

    /// <summary>Deletes a record that is as it was read under an ETag; false when it has changed meanwhile, or there is none.</summary>
    public Task<bool> DeleteAsync(string id, string eTag, CancellationToken cancel) =>
        store.DeleteAsync(new DocumentKey(kind, id), DocumentCondition.Unchanged(eTag), cancel);

    /// <summary>A page of records, newest first.</summary>
    /// <param name="where">Values that the summary must have.</param>
    /// <param name="contains">A part of the name or id.</param>
    /// <param name="limit">Most records, 1 to 1,000.</param>
    /// <param name="after">Where the last page ended.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<(IReadOnlyList<T> Records, string? Next)> QueryAsync(
        IReadOnlyDictionary<string, string>? where, string? contains, int limit, string? after, CancellationToken cancel)
    {
        var page = await store.QueryAsync(
            new DocumentQuery(kind) { Where = where ?? new Dictionary<string, string>(), Contains = contains, Limit = limit, After = after }, cancel);
        return ([.. page.Documents.Select(Read)], page.Next);
    }

    /// <summary>How many records have these values, up to <see cref="DocumentRules.MaxCount"/>; see <see cref="IDocumentStore.CountAsync"/>.</summary>
    public Task<int> CountAsync(IReadOnlyDictionary<string, string> where, CancellationToken cancel) => store.CountAsync(kind, where, DocumentRules.MaxCount, cancel);

    /// <summary>All records with these values, newest first, page by page.</summary>
    public async IAsyncEnumerable<T> AllAsync(
        IReadOnlyDictionary<string, string>? where, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        string? after = null;
        do
        {
            (var records, after) = await QueryAsync(where, null, 500, after, cancel);
            foreach (var record in records)
                yield return record;
        }
        while (after is not null);
    }

    private T Read(StoredDocument stored) =>
        JsonSerializer.Deserialize(stored.Body.Json, json)
        ?? throw new JsonException($"The {kind} '{stored.Key.Id}' is stored as null.");

    private DocumentBody Write(T record) => new(JsonSerializer.Serialize(record, json), NameOf(record), SummaryOf(record));
}
