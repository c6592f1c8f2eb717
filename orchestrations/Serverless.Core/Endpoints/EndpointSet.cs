using Serverless.Core.Documents;

namespace Serverless.Core.Endpoints;

/// <summary>The endpoints, by name.</summary>
public sealed class EndpointSet(IDocumentStore store) : DocumentSet<EndpointRecord>(store, "endpoint", EndpointJson.Default.EndpointRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(EndpointRecord record) => record.Name;
}
