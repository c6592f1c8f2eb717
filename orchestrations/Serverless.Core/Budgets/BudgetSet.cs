using Serverless.Core.Documents;

namespace Serverless.Core.Budgets;

/// <summary>The monthly limit that somebody set: one record or none.</summary>
public sealed class BudgetSet(IDocumentStore store) : DocumentSet<BudgetRecord>(store, "budget", BudgetJson.Default.BudgetRecord)
{
    /// <inheritdoc/>
    protected override string IdOf(BudgetRecord record) => BudgetRecord.TheId;
}
