using Serverless.Core.Workflows;

namespace Serverless.Conformance.Workflows;

/// <summary>An engine that runs a catalogue; stopped at its disposal.</summary>
public abstract class EngineUnderTest : IAsyncDisposable
{
    public abstract IWorkflowClient Client { get; }

    public abstract ValueTask DisposeAsync();
}
