using Serverless.Core.Documents;

namespace Serverless.Core.Workflows.Hosted;

/// <summary>Instances that are being started or that events wait for. A document lives for the moment of a start, or until its events are too old.</summary>
internal sealed class HostedPendingSet(IDocumentStore store) : DocumentSet<HostedPending>(store, "workflow-start", HostedJson.Default.HostedPending)
{
    protected override string IdOf(HostedPending record) => record.InstanceId;

    protected override string NameOf(HostedPending record) => "";
}
