using Serverless.Conformance.Artifacts;
using Serverless.Conformance.Compute;
using Serverless.Conformance.Documents;
using Serverless.Conformance.Doorbells;
using Serverless.Conformance.Secrets;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Secrets;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Infra.Tests.Fakes;

public sealed class MemoryArtifactStoreTests : ArtifactStoreConformance
{
    protected override IArtifactStore Store { get; } = new MemoryArtifactStore();
}

public sealed class MemorySecretStoreTests : SecretStoreConformance
{
    private readonly MemorySecretStore store = new();

    protected override ISecretStore Store => store;

    protected override Task GivenAsync(string name, string value)
    {
        store.Secrets[name] = value;
        return Task.CompletedTask;
    }
}

public sealed class MemoryDocumentStoreTests : DocumentStoreConformance
{
    protected override IDocumentStore Store { get; } = new MemoryDocumentStore();
}

public sealed class MemoryDoorbellTests : DoorbellConformance
{
    private readonly ManualTime clock = new();

    public MemoryDoorbellTests() => Bell = new MemoryDoorbell(clock);

    protected override IDoorbell Bell { get; }

    protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}

public sealed class MemoryComputePoolTests : ComputePoolConformance
{
    protected override IComputePool Pool { get; } = new MemoryComputePool(maxNodes: MaxNodes);
}

public sealed class JoinedPoolsTests : ComputePoolConformance
{
    protected override IComputePool Pool { get; } = new JoinedPools([(["local"], new MemoryComputePool(maxNodes: MaxNodes)), (["other"], new MemoryComputePool("other"))]);
}
