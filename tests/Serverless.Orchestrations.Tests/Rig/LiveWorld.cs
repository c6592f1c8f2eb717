using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>What outlives a host: its stores and machines.</summary>
internal sealed class LiveWorld
{
    public MemoryDocumentStore Documents { get; } = new();

    public MemoryArtifactStore Artifacts { get; } = new();

    public MemoryDoorbell Doorbell { get; } = new();

    public MemoryComputePool Pool { get; } = new();
}
