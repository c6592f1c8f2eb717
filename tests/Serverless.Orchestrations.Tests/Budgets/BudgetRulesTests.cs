using FsCheck;
using FsCheck.Fluent;
using Serverless.Core.Budgets;

namespace Serverless.Orchestrations.Tests.Budgets;

public sealed class BudgetRulesTests
{
    private static readonly MonthLedger Empty = new() { Month = "2026-01", Currency = "USD", Settled = 0 };

    [Fact]
    public void Reserve_UpToTheLimit_AndNoFurther()
    {
        var one = BudgetRules.Reserve(Empty with { Settled = 4 }, 10, "a", 6);
        Assert.Equal(6, one.Reserved["a"]);
        Assert.Same(one, BudgetRules.Reserve(one, 10, "b", 0.01m));
        Assert.Same(one, BudgetRules.Reserve(one, 10, "a", 100));
    }

    [Fact]
    public void Hold_NeedsMore_GrowsByAStepWhileThereIsRoom()
    {
        var ledger = BudgetRules.Reserve(Empty, 10, "a", 4);
        Assert.Same(ledger, BudgetRules.Hold(ledger, 10, "a", 3.9m, 4));
        Assert.Equal(8, BudgetRules.Hold(ledger, 10, "a", 4.1m, 4).Reserved["a"]);
        Assert.Equal(10, BudgetRules.Hold(ledger, 10, "a", 4.1m, 40).Reserved["a"]);
        Assert.Equal(5, BudgetRules.Hold(ledger, 10, "a", 4.1m, 40, most: 5).Reserved["a"]);
    }

    [Fact]
    public void Hold_LimitLowered_ShrinksToWhatIsLeft() =>
        Assert.Equal(2, BudgetRules.Hold(BudgetRules.Reserve(Empty with { Settled = 1 }, 10, "a", 6), 3, "a", 1, 6).Reserved["a"]);

    [Fact]
    public void Settle_Twice_CountsOnce()
    {
        var settled = BudgetRules.Settle(BudgetRules.Reserve(Empty, 10, "a", 6), "a", 2.5m);
        Assert.Equal((2.5m, 0), (settled.Settled, settled.Reserved.Count));
        Assert.Same(settled, BudgetRules.Settle(settled, "a", 2.5m));
    }

    [Fact]
    public void Reserve_MoreJobsThanALedgerHolds_IsRefused()
    {
        var full = Empty with { Reserved = Enumerable.Range(0, BudgetRules.MaxReservations).ToDictionary(i => $"job-{i:0000000000000000000000000000}", _ => 0.1234567890123m) };
        Assert.Same(full, BudgetRules.Reserve(full, 1_000_000, "one-more", 1));
        Assert.True(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(full, BudgetJson.Default.MonthLedger).Length < Core.Documents.DocumentRules.MaxJsonBytes);
    }

    /// <summary>Whatever jobs do, in whatever order, as long as each costs no more than it holds: the month never costs more than its limit.</summary>
    [Fact]
    public void AnySequence_NeverCostsMoreThanTheLimit()
    {
        var step = from job in Gen.Choose(0, 4)
                   from what in Gen.Choose(0, 2)
                   from amount in Gen.Choose(0, 60)
                   select (Job: $"job-{job}", What: what, Amount: amount / 10m);
        Prop.ForAll(Arb.From(step.ListOf()), steps =>
        {
            const decimal limit = 10;
            var ledger = Empty;
            foreach (var (job, what, amount) in steps)
            {
                ledger = what switch
                {
                    0 => BudgetRules.Reserve(ledger, limit, job, amount),
                    1 => BudgetRules.Hold(ledger, limit, job, amount, 2),
                    _ => BudgetRules.Settle(ledger, job, Math.Min(amount, ledger.Reserved.GetValueOrDefault(job))),
                };
                if (ledger.Settled + ledger.TotalReserved > limit)
                    return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }
}
