using Serverless.Core.Documents;
using Serverless.Core.Wire;

namespace Serverless.Core.Triggers;

/// <summary>The firings, by trigger and data version.</summary>
public sealed class FiringSet(IDocumentStore store) : DocumentSet<TriggerFiring>(store, "trigger-firing", CoreJson.Default.TriggerFiring)
{
    /// <summary>The id of a firing: the same for every message about the same data.</summary>
    public static string Id(string trigger, string dataset) => $"{trigger}/{dataset}";

    /// <inheritdoc/>
    protected override string IdOf(TriggerFiring record) => Id(record.Trigger, record.Dataset);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(TriggerFiring record) =>
        new Dictionary<string, string> { ["trigger"] = record.Trigger, ["started"] = record.Started ? "yes" : "no" };
}
