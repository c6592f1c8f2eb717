using Serverless.Core.Documents;
using Serverless.Core.Wire;

namespace Serverless.Core.Triggers;

/// <summary>The triggers, by name.</summary>
public sealed class TriggerSet(IDocumentStore store) : DocumentSet<TriggerRecord>(store, "trigger", CoreJson.Default.TriggerRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(TriggerRecord record) => record.Name;
}
