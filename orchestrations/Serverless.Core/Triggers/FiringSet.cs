using Serverless.Core.Documents;

namespace Serverless.Core.Triggers;

/// <summary>The firings, by trigger, data set and content.</summary>
public sealed class FiringSet(IDocumentStore store) : DocumentSet<TriggerFiring>(store, "trigger-firing", TriggerJson.Default.TriggerFiring)
{
    /// <summary>The id of a firing: the same for every message about the same content of a data set.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="dataset">The data set's name.</param>
    /// <param name="content">The hash of what it holds.</param>
    public static string Id(string trigger, string dataset, string content) => $"{trigger}/{dataset}@{content}";

    /// <summary>The id of a firing.</summary>
    public static string Id(TriggerFiring firing) => Id(firing.Trigger, firing.Dataset[..firing.Dataset.IndexOf('@', StringComparison.Ordinal)], firing.Content);

    /// <inheritdoc/>
    protected override string IdOf(TriggerFiring record) => Id(record);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> SummaryOf(TriggerFiring record) =>
        new Dictionary<string, string> { ["trigger"] = record.Trigger, ["started"] = record.Started ? "yes" : "no" };
}
