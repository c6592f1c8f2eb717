using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Durable.Options;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>The same where every turn replays from the store, because nothing is kept in memory.</summary>
public sealed class DurableConformanceWithoutMemory : WorkflowConformance, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override async Task<EngineUnderTest> StartEngineAsync(WorkflowCatalog catalog) =>
        await DurableEngine.StartAsync(catalog, new DurableOptions { Path = folder["workflows.db"], MaxCached = 0 });
}
