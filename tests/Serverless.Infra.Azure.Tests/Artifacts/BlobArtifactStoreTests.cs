using Serverless.Conformance.Artifacts;
using Serverless.Core.Artifacts;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Artifacts;

/// <summary>With the host's identity, content in one request.</summary>
public sealed class BlobArtifactStoreTests(Azurite azurite) : ArtifactStoreConformance, IAsyncLifetime
{
    private BlobBench? bench;

    protected override IArtifactStore Store => bench!.Store;

    public async ValueTask InitializeAsync() => bench = await BlobBench.MakeAsync(azurite);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>With the emulator's key, longer content in blocks.</summary>
public sealed class BlobArtifactStoreInBlocksTests(Azurite azurite) : ArtifactStoreConformance, IAsyncLifetime
{
    private BlobBench? bench;

    protected override IArtifactStore Store => bench!.Store;

    public async ValueTask InitializeAsync() => bench = await BlobBench.MakeAsync(azurite, new BlobStoreOptions { BlockBytes = 64 * 1024, AppendBytes = 2 }, withKey: true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
