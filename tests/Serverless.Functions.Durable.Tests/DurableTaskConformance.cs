using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;

namespace Serverless.Functions.Durable.Tests;

/// <summary>Durable Functions' programming model keeps what every engine promises, by our adapter, on the in-memory host of Durable Task.</summary>
public sealed class DurableTaskConformance : WorkflowConformance
{
    protected override async Task<EngineUnderTest> StartEngineAsync(WorkflowCatalog catalog) => await InMemoryHub.StartAsync(catalog);
}
