using Serverless.Core.Documents;

namespace Serverless.Core.Triggers;

/// <summary>The triggers, by name.</summary>
public sealed class TriggerSet(IDocumentStore store) : DocumentSet<TriggerRecord>(store, "trigger", TriggerJson.Default.TriggerRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(TriggerRecord record) => record.Name;
}
