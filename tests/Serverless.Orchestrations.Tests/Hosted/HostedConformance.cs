using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Hosted;

/// <summary>What a hosted engine is made to promise, shown without one: the embedded engine plays its part, with a replay at every turn.</summary>
public sealed class HostedConformance : WorkflowConformance, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override async Task<EngineUnderTest> StartEngineAsync(WorkflowCatalog catalog) => await HostedStandIn.StartAsync(catalog, folder["workflows.db"]);
}
