using Serverless.Core.Documents;
using Serverless.Core.Wire;

namespace Serverless.Core.Endpoints;

/// <summary>The endpoints, by name.</summary>
public sealed class EndpointSet(IDocumentStore store) : DocumentSet<EndpointRecord>(store, "endpoint", CoreJson.Default.EndpointRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(EndpointRecord record) => record.Name;
}
