using Serverless.Core.Documents;

namespace Serverless.Core.Budgets;

/// <summary>The months' ledgers, by month.</summary>
public sealed class LedgerSet(IDocumentStore store) : DocumentSet<MonthLedger>(store, "ledger", BudgetJson.Default.MonthLedger)
{
    /// <inheritdoc/>
    protected override string IdOf(MonthLedger record) => record.Month;
}
