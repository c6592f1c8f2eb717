using Serverless.Core.Documents;

namespace Serverless.Core.Compute;

/// <summary>The nodes, by id.</summary>
public sealed class NodeSet(IDocumentStore store) : DocumentSet<NodeRecord>(store, "node", NodeJson.Default.NodeRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(NodeRecord record) => record.Id;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(NodeRecord record) =>
        new Dictionary<string, string> { ["pool"] = record.Pool, ["status"] = record.Status.ToString() };
}
