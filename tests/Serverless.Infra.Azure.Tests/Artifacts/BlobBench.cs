using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Serverless.Core.Ids;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Artifacts;

/// <summary>A blob store on Azurite in a container of its own.</summary>
internal sealed class BlobBench
{
    public required BlobArtifactStore Store { get; init; }

    public required BlobContainerClient Container { get; init; }

    /// <summary>The same store with another clock.</summary>
    public required Func<TimeProvider, BlobArtifactStore> At { get; init; }

    /// <summary>Makes the container, then the store.</summary>
    /// <param name="azurite">The emulator.</param>
    /// <param name="options">The store's; its container's name is set here.</param>
    /// <param name="through">What the store's requests go through.</param>
    /// <param name="withKey">Whether the account's key signs addresses instead of the identity.</param>
    public static async Task<BlobBench> MakeAsync(Azurite azurite, BlobStoreOptions? options = null, DelegatingHandler? through = null, bool withKey = false)
    {
        var named = (options ?? new BlobStoreOptions()) with { Container = $"test-{Guid.NewGuid():N}" };
        var plain = new BlobServiceClient(azurite.Blobs, Azurite.SharedKey, Options(azurite.Transport()));
        await plain.CreateBlobContainerAsync(named.Container);
        var service = withKey
            ? new BlobServiceClient(azurite.Blobs, Azurite.SharedKey, Options(azurite.Transport(through)))
            : new BlobServiceClient(azurite.Blobs, new TestIdentity(), Options(azurite.Transport(through)));
        BlobArtifactStore At(TimeProvider clock) =>
            new(service, named, withKey ? new AccountKey(Azurite.SharedKey) : new DelegatedKey(service, clock), new TimeOrderedIds(clock), clock);
        return new BlobBench
        {
            Store = At(TimeProvider.System),
            At = At,
            Container = plain.GetBlobContainerClient(named.Container),
        };
    }

    private static BlobClientOptions Options(HttpPipelineTransport transport) => new()
    {
        Transport = transport,
        Retry = { MaxRetries = 3, Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(100), NetworkTimeout = TimeSpan.FromSeconds(30) },
    };
}
