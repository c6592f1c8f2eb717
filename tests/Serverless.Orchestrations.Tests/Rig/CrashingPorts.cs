using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Endpoints;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>Documents with a crash point after each write.</summary>
internal sealed class CrashingDocuments(IDocumentStore inner, CrashPoints points) : IDocumentStore
{
    public Task<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancel) => inner.GetAsync(key, cancel);

    public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancel) => inner.QueryAsync(query, cancel);

    public Task<int> CountAsync(string kind, IReadOnlyDictionary<string, string> where, int most, CancellationToken cancel) => inner.CountAsync(kind, where, most, cancel);

    public async Task<StoredDocument?> PutAsync(DocumentKey key, DocumentBody body, DocumentCondition condition, CancellationToken cancel)
    {
        await points.BeforeAsync(key.Kind);
        var stored = await inner.PutAsync(key, body, condition, cancel);
        points.Pass();
        return stored;
    }

    public async Task<bool> DeleteAsync(DocumentKey key, DocumentCondition condition, CancellationToken cancel)
    {
        var deleted = await inner.DeleteAsync(key, condition, cancel);
        points.Pass();
        return deleted;
    }
}

/// <summary>A doorbell with a crash point after each ring.</summary>
internal sealed class CrashingDoorbell(IDoorbell inner, CrashPoints points) : IDoorbell
{
    public async Task RingAsync(string queue, string id, RingOptions options, CancellationToken cancel)
    {
        await inner.RingAsync(queue, id, options, cancel);
        points.Pass();
    }

    public Task<Ring?> TakeAsync(string queue, TimeSpan hidden, TimeSpan wait, CancellationToken cancel) => inner.TakeAsync(queue, hidden, wait, cancel);

    public Task<bool> CompleteAsync(Ring ring, CancellationToken cancel) => inner.CompleteAsync(ring, cancel);

    public Task<bool> ReturnAsync(Ring ring, TimeSpan delay, string reason, CancellationToken cancel) => inner.ReturnAsync(ring, delay, reason, cancel);

    public Task<IReadOnlyList<DeadRing>> DeadAsync(string queue, CancellationToken cancel) => inner.DeadAsync(queue, cancel);
}

/// <summary>Machines with a crash point after each change.</summary>
internal sealed class CrashingPool(IComputePool inner, CrashPoints points) : IComputePool
{
    public Task<IReadOnlyList<ComputeOffer>> OffersAsync(CancellationToken cancel) => inner.OffersAsync(cancel);

    public Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(string pool, CancellationToken cancel) => inner.ShortagesAsync(pool, cancel);

    public Task<IReadOnlyList<ComputeNode>> ListAsync(string pool, CancellationToken cancel) => inner.ListAsync(pool, cancel);

    public async Task<IReadOnlyList<ComputeNode>> GrowAsync(PoolTarget target, CancellationToken cancel)
    {
        var nodes = await inner.GrowAsync(target, cancel);
        points.Pass();
        return nodes;
    }

    public Task<int> SweepAsync(CancellationToken cancel) => inner.SweepAsync(cancel);

    public async Task TerminateAsync(string pool, string nodeId, CancellationToken cancel)
    {
        await inner.TerminateAsync(pool, nodeId, cancel);
        points.Pass();
    }
}

/// <summary>Artifacts with a crash point after each put.</summary>
internal sealed class CrashingArtifacts(IArtifactStore inner, CrashPoints points) : IArtifactStore
{
    public Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel) => inner.FindAsync(path, cancel);

    public async Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel)
    {
        var entry = await inner.PutAsync(path, content, options, cancel);
        points.Pass();
        return entry;
    }

    public Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel) => inner.OpenReadAsync(path, range, cancel);

    public Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel) => inner.AppendAsync(path, offset, bytes, cancel);

    public IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

    public Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel) => inner.DeleteAsync(path, cancel);

    public Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel) =>
        inner.AddressAsync(path, verb, lifetime, cancel);
}

/// <summary>An endpoint host with a crash point after each change of traffic.</summary>
internal sealed class CrashingEndpoints(IEndpointHost inner, CrashPoints points) : IEndpointHost
{
    public Task<ModelCheck> PrepareAsync(EndpointModel model, CancellationToken cancel) => inner.PrepareAsync(model, cancel);

    public Task<ModelCheck> ProbeAsync(EndpointModel model, CancellationToken cancel) => inner.ProbeAsync(model, cancel);

    public async Task RouteAsync(string endpoint, CancellationToken cancel)
    {
        await inner.RouteAsync(endpoint, cancel);
        points.Pass();
    }

    public async Task DrainAsync(EndpointModel model, CancellationToken cancel)
    {
        await inner.DrainAsync(model, cancel);
        points.Pass();
    }

    public Task<int> SessionsAsync(string endpoint, CancellationToken cancel) => inner.SessionsAsync(endpoint, cancel);
}
