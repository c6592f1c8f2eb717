using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>The embedded engine keeps what every engine promises.</summary>
public sealed class DurableConformance : WorkflowConformance, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override async Task<EngineUnderTest> StartEngineAsync(WorkflowCatalog catalog) => await DurableEngine.StartAsync(catalog, folder["workflows.db"]);
}
