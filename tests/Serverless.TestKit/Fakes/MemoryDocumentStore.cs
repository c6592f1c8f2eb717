using System.Globalization;
using Serverless.Core.Documents;

namespace Serverless.TestKit.Fakes;

/// <summary>Documents in memory. Passes the port's conformance suite.</summary>
public sealed class MemoryDocumentStore(TimeProvider? clock = null) : IDocumentStore
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Dictionary<DocumentKey, (long Sequence, StoredDocument Document)> documents = [];
    private long counter;

    public Task<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.Check(key);
        lock (gate)
            return Task.FromResult(documents.TryGetValue(key, out var found) ? found.Document : null);
    }

    public Task<StoredDocument?> PutAsync(DocumentKey key, DocumentBody body, DocumentCondition condition, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.Check(key, body);
        lock (gate)
        {
            var exists = documents.TryGetValue(key, out var old);
            if (!Holds(condition, exists ? old.Document : null))
                return Task.FromResult<StoredDocument?>(null);
            var now = clock.GetUtcNow();
            var number = ++counter;
            var copy = body with { Summary = new Dictionary<string, string>(body.Summary) };
            var stored = new StoredDocument(key, copy, number.ToString(CultureInfo.InvariantCulture), exists ? old.Document.CreatedAt : now, now);
            documents[key] = (exists ? old.Sequence : number, stored);
            return Task.FromResult<StoredDocument?>(stored);
        }
    }

    public Task<bool> DeleteAsync(DocumentKey key, DocumentCondition condition, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.Check(key);
        lock (gate)
            return Task.FromResult(documents.TryGetValue(key, out var old) && Holds(condition, old.Document) && documents.Remove(key));
    }

    public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.Check(query);
        var before = long.MaxValue;
        if (query.After is { } after && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            throw DocumentRules.BadAfter(after);
        lock (gate)
        {
            var found = documents.Values
                .Where(entry => entry.Document.Key.Kind == query.Kind && entry.Sequence < before && Fits(entry.Document, query))
                .OrderByDescending(entry => entry.Sequence)
                .Take(query.Limit + 1)
                .ToList();
            var page = found.Take(query.Limit).ToList();
            var next = found.Count > query.Limit ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
            return Task.FromResult(new DocumentPage([.. page.Select(entry => entry.Document)], next));
        }
    }

    public Task<int> CountAsync(string kind, IReadOnlyDictionary<string, string> where, int most, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DocumentRules.CheckCount(kind, where, most);
        var query = new DocumentQuery(kind) { Where = where };
        lock (gate)
            return Task.FromResult(documents.Values.Where(entry => entry.Document.Key.Kind == kind && Fits(entry.Document, query)).Take(most).Count());
    }

    private static bool Fits(StoredDocument document, DocumentQuery query) =>
        query.Where.All(pair => document.Body.Summary.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && (query.Contains is not { } part || Lower(document.Body.Name).Contains(Lower(part)) || Lower(document.Key.Id).Contains(Lower(part)));

    private static string Lower(string text) => string.Create(text.Length, text, (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    });

    private static bool Holds(DocumentCondition condition, StoredDocument? there) =>
        condition.IsAbsent ? there is null : condition.ETag is null || there?.ETag == condition.ETag;
}
