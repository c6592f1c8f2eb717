using System.Runtime.CompilerServices;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;

namespace Serverless.Benchmarks.Scale.Measuring;

/// <summary>Documents, each call counted by what it is in table storage: a point read, a conditional write, a query.</summary>
internal sealed class CountedDocuments(IDocumentStore inner, CallCounts counts) : IDocumentStore
{
    public Task<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancel)
    {
        counts.Add("documents.read");
        return inner.GetAsync(key, cancel);
    }

    public Task<StoredDocument?> PutAsync(DocumentKey key, DocumentBody body, DocumentCondition condition, CancellationToken cancel)
    {
        counts.Add("documents.write");
        return inner.PutAsync(key, body, condition, cancel);
    }

    public Task<bool> DeleteAsync(DocumentKey key, DocumentCondition condition, CancellationToken cancel)
    {
        counts.Add("documents.write");
        return inner.DeleteAsync(key, condition, cancel);
    }

    public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancel)
    {
        counts.Add("documents.query");
        return inner.QueryAsync(query, cancel);
    }

    public Task<int> CountAsync(string kind, IReadOnlyDictionary<string, string> where, int most, CancellationToken cancel)
    {
        counts.Add("documents.query");
        return inner.CountAsync(kind, where, most, cancel);
    }
}

/// <summary>Artifacts, each call counted as the request to Blob that it would be. An address costs none: it is signed here.</summary>
internal sealed class CountedArtifacts(IArtifactStore inner, CallCounts counts) : IArtifactStore
{
    public Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel)
    {
        counts.Add("artifacts.read");
        return inner.FindAsync(path, cancel);
    }

    public Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel)
    {
        counts.Add("artifacts.write");
        return inner.PutAsync(path, content, options, cancel);
    }

    public Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel)
    {
        counts.Add("artifacts.read");
        return inner.OpenReadAsync(path, range, cancel);
    }

    public Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        counts.Add("artifacts.write");
        return inner.AppendAsync(path, offset, bytes, cancel);
    }

    public async IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        counts.Add("artifacts.list");
        await foreach (var entry in inner.ListAsync(prefix, cancel))
            yield return entry;
    }

    public Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel)
    {
        counts.Add("artifacts.write");
        return inner.DeleteAsync(path, cancel);
    }

    public Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel) => inner.AddressAsync(path, verb, lifetime, cancel);
}

/// <summary>The doorbell; a look that found nothing is counted apart: Service Bus waits on its side.</summary>
internal sealed class CountedDoorbell(IDoorbell inner, CallCounts counts) : IDoorbell
{
    public Task RingAsync(string queue, string id, RingOptions options, CancellationToken cancel)
    {
        counts.Add("doorbell.send");
        return inner.RingAsync(queue, id, options, cancel);
    }

    public async Task<Ring?> TakeAsync(string queue, TimeSpan hidden, TimeSpan wait, CancellationToken cancel)
    {
        var ring = await inner.TakeAsync(queue, hidden, wait, cancel);
        counts.Add(ring is null ? "doorbell.empty" : "doorbell.receive");
        return ring;
    }

    public Task<bool> CompleteAsync(Ring ring, CancellationToken cancel)
    {
        counts.Add("doorbell.settle");
        return inner.CompleteAsync(ring, cancel);
    }

    public Task<bool> ReturnAsync(Ring ring, TimeSpan delay, string reason, CancellationToken cancel)
    {
        counts.Add("doorbell.settle");
        return inner.ReturnAsync(ring, delay, reason, cancel);
    }

    public Task<IReadOnlyList<DeadRing>> DeadAsync(string queue, CancellationToken cancel) => inner.DeadAsync(queue, cancel);
}
