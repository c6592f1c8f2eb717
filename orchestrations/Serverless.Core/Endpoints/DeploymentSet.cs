using Serverless.Contracts.Endpoints;
using Serverless.Core.Documents;

namespace Serverless.Core.Endpoints;

/// <summary>The deployments, by id.</summary>
public sealed class DeploymentSet(IDocumentStore store) : DocumentSet<Deployment>(store, "deployment", EndpointJson.Default.Deployment)
{
    /// <inheritdoc/>
    protected override string IdOf(Deployment record) => record.Id;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(Deployment record) =>
        new Dictionary<string, string> { ["endpoint"] = record.Endpoint, ["status"] = record.Status.ToString() };
}
