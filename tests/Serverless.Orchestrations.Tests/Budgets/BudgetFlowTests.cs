using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Budgets;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Budgets;

/// <summary>Hard limits on cost, with workflows that run and time moved by hand. The bench's machine costs 0.36 an hour: 0.0001 a second.</summary>
public sealed class BudgetFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Training_RetriesReachTheJobsLimit_EndsItAndKeepsItsCheckpoint()
    {
        await using var bench = new Bench();
        // One attempt of 95 s and 5 s of grace costs 0.01; three would cost 0.03.
        var job = await bench.SubmitAsync(Hour(95) with { Limits = new LimitSpec { MaxRunSeconds = 95, GraceSeconds = 5, MaxCost = 0.015m } });
        var ended = await bench.EndOfAsync(job.Id, Renewing(bench, lostAfter: 80));

        Assert.Equal((JobStatus.Failed, JobReason.CostLimit), (ended.Status, ended.Reason));
        Assert.InRange(ended.Spent!.Amount, 0.0100m, 0.0150m);
        Assert.Contains("may cost 0.015", ended.Message, StringComparison.Ordinal);
        Assert.NotNull(ended.Checkpoint);
        Assert.Null(ended.Lease);
    }

    [Fact]
    public async Task Training_WithBothLimits_EndsAtItsOwnAndTakesNoMoreOfTheMonth()
    {
        await using var bench = new Bench();
        await bench.Get<MonthlyBudget>().SetAsync(10, "USD", Cancel);
        var job = await bench.SubmitAsync(Hour(95) with { Limits = new LimitSpec { MaxRunSeconds = 95, GraceSeconds = 5, MaxCost = 0.015m } });
        var ended = await bench.EndOfAsync(job.Id, Renewing(bench, lostAfter: 80));
        Assert.Equal(JobReason.CostLimit, ended.Reason);
        var budget = await bench.Get<MonthlyBudget>().ShowAsync(Cancel);
        Assert.Equal((ended.Spent!.Amount, 0m), (budget.Spent, budget.Reserved));
    }

    [Fact]
    public async Task Training_AgentIgnoresTheStop_IsCutOffAndItsNodeEnded()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Hour(3_000) with { Limits = new LimitSpec { MaxRunSeconds = 3_000, GraceSeconds = 10, MaxCost = 0.301m } });
        var deaf = await bench.EndOfAsync(job.Id, async seen =>
        {
            if (seen.Status == JobStatus.Queued)
                await bench.ClaimAsync(seen.Id);
            else
                await bench.RenewAsync(seen.Id);
        });

        Assert.Equal(JobReason.CostLimit, deaf.Reason);
        Assert.Equal(["node-1"], bench.Pool.Terminated);
        Assert.Contains("did not confirm it in time", deaf.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_TheMonthHasTooLittleLeft_IsRefusedWithFiguresAndCure()
    {
        await using var bench = new Bench();
        await bench.Get<MonthlyBudget>().SetAsync(1, "USD", Cancel);
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => bench.SubmitAsync(Hour(10_800)));
        Assert.Equal((ProblemCodes.OverBudget, false), (failed.Code, failed.Retryable));
        Assert.Contains("can cost 1.08 USD; of the budget of 1 for 2026-01 are 1 left", failed.Message, StringComparison.Ordinal);
        Assert.Contains("at most 10000 s", failed.Cure, StringComparison.Ordinal);
        Assert.Contains("budget set", failed.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admit_TwoJobsForTheLastOfTheBudget_OneIsAdmitted()
    {
        await using var bench = new Bench(new Core.Compute.PoolOptions { MaxNodes = 2 });
        await bench.Get<MonthlyBudget>().SetAsync(0.5m, "USD", Cancel);

        // Both fit when they are submitted; what is put aside decides.
        var jobs = new[] { await bench.SubmitAsync(Hour(3_600)), await bench.SubmitAsync(Hour(3_600)) };
        await bench.Engine.PumpAsync(Cancel);

        var after = new[] { await bench.JobAsync(jobs[0].Id), await bench.JobAsync(jobs[1].Id) };
        Assert.Single(after, job => job.Status == JobStatus.Queued);
        var refused = Assert.Single(after, job => job.Ended);
        Assert.Equal((JobStatus.Failed, JobReason.NotAdmitted), (refused.Status, refused.Reason));
        Assert.Contains("0.14 left", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reserve_ManyAtOnce_GiveOutNoMoreThanThereIs()
    {
        await using var bench = new Bench();
        await bench.Get<MonthlyBudget>().SetAsync(1, "USD", Cancel);
        var placement = await bench.Get<JobSubmission>().EstimateAsync(Hour(3_600), Cancel);
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await bench.Get<MonthlyBudget>().ReserveAsync(Some.Job() with { Id = $"job-{i}" }, placement, Cancel);
                return true;
            }
            catch (ServerlessException refused) when (refused.Code == ProblemCodes.OverBudget)
            {
                return false;
            }
        }, Cancel)));
        Assert.Equal(2, tries.Count(got => got));
        Assert.Equal(0.72m, (await bench.Get<MonthlyBudget>().ShowAsync(Cancel)).Reserved);
    }

    [Fact]
    public async Task Training_TheMonthIsUsedUpWhileItRuns_StopsItsProgramBeforeTheLimit()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Hour(7_200));
        await bench.Engine.PumpAsync(Cancel);
        await bench.ClaimAsync(job.Id);

        // The limit comes while it runs, and is less than it may need.
        await bench.Get<MonthlyBudget>().SetAsync(0.1m, "USD", Cancel);
        var ended = await bench.EndOfAsync(job.Id, Renewing(bench));

        Assert.Equal((JobStatus.Failed, JobReason.BudgetReached), (ended.Status, ended.Reason));
        Assert.InRange(ended.Spent!.Amount, 0.09m, 0.1m);
        Assert.Contains("budget set", ended.Cure, StringComparison.Ordinal);
        var budget = await bench.Get<MonthlyBudget>().ShowAsync(Cancel);
        Assert.Equal((ended.Spent.Amount, 0m), (budget.Spent, budget.Reserved));
    }

    [Fact]
    public async Task Set_BelowWhatAJobHasSpent_StopsItWithoutWaitingForItsNextLook()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Hour(7_200));
        await bench.Engine.PumpAsync(Cancel);
        await bench.ClaimAsync(job.Id);
        await bench.Engine.PumpAsync(Cancel);
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        await bench.RenewAsync(job.Id);

        await bench.Get<Orchestrations.Jobs.BudgetSetting>().SetAsync(0.0001m, "USD", Cancel);
        await bench.Engine.PumpAsync(Cancel);

        var seen = await bench.JobAsync(job.Id);
        Assert.Equal((true, JobReason.BudgetReached), (seen.StopRequested, seen.StopReason));
    }

    [Fact]
    public async Task Training_NeedsASecondAttempt_GetsMoreWhileThereIsSome()
    {
        await using var bench = new Bench();
        await bench.Get<MonthlyBudget>().SetAsync(10, "USD", Cancel);
        var job = await bench.SubmitAsync(Hour(3_600));
        var ended = await bench.EndOfAsync(job.Id, async seen =>
        {
            if (seen.Status == JobStatus.Queued)
                await bench.ClaimAsync(seen.Id, $"node-{seen.Epoch + 1}");
            else if (seen.Epoch == 1 && bench.Clock.GetUtcNow() - seen.AttemptAt < TimeSpan.FromSeconds(3_500))
                await bench.RenewAsync(seen.Id);
            else if (seen is { Epoch: 2, Exit: null } && bench.Clock.GetUtcNow() - seen.AttemptAt > TimeSpan.FromSeconds(600))
                await bench.ExitAsync(seen.Id, JobReason.Completed);
            else if (seen is { Epoch: 2, Exit: null })
                await bench.RenewAsync(seen.Id);
        });
        Assert.Equal((JobStatus.Succeeded, 2), (ended.Status, ended.Epoch));
        Assert.True(ended.Spent!.Amount > 0.36m);
        Assert.Equal(ended.Spent.Amount, (await bench.Get<MonthlyBudget>().ShowAsync(Cancel)).Spent);
    }

    [Fact]
    public async Task Set_InMidMonth_CountsWhatTheMonthHasCost()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Hour(3_600));
        var first = await bench.EndOfAsync(job.Id, async seen =>
        {
            if (seen.Status == JobStatus.Queued)
                await bench.ClaimAsync(seen.Id);
            else if (bench.Clock.GetUtcNow() - seen.AttemptAt < TimeSpan.FromSeconds(1_000))
                await bench.RenewAsync(seen.Id);
            else if (seen.Exit is null)
                await bench.ExitAsync(seen.Id, JobReason.Completed);
        });
        Assert.Equal(first.Spent!.Amount, (await bench.Get<MonthlyBudget>().ShowAsync(Cancel)).Spent);
        await bench.Get<MonthlyBudget>().SetAsync(1, "USD", Cancel);
        var budget = await bench.Get<MonthlyBudget>().ShowAsync(Cancel);
        Assert.Equal((first.Spent.Amount, 1 - first.Spent.Amount), (budget.Spent, budget.Left));
        bench.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(("2026-02", 0m), ((await bench.Get<MonthlyBudget>().ShowAsync(Cancel)).Month, (await bench.Get<MonthlyBudget>().ShowAsync(Cancel)).Spent));
    }

    [Fact]
    public async Task Sweep_AfterACrashBetweenEndAndSettling_SettlesOnce()
    {
        await using var bench = new Bench();
        await bench.Get<MonthlyBudget>().SetAsync(1, "USD", Cancel);
        var ledgers = bench.Get<LedgerSet>();
        await bench.Get<MonthlyBudget>().ShowAsync(Cancel);
        await ledgers.UpdateAsync("2026-01", ledger => BudgetRules.Reserve(BudgetRules.Reserve(ledger, 1, "job-1", 0.5m), 1, "job-gone", 0.1m), Cancel);
        await bench.Jobs.CreateAsync(JobLife.End(Some.Job() with { Spent = new JobCost(0.2m, "USD", 0.36m, 2_000) }, JobStatus.Failed, JobReason.Internal, null, null, Some.Start), Cancel);

        await bench.Get<BudgetSweep>().RunAsync(Cancel);

        var budget = await bench.Get<MonthlyBudget>().ShowAsync(Cancel);
        Assert.Equal((0.2m, 0m, (decimal?)0.8m), (budget.Spent, budget.Reserved, budget.Left));
    }

    [Fact]
    public async Task Submit_PriceInAnotherCurrency_IsRefused()
    {
        await using var bench = new Bench();
        await bench.Get<MonthlyBudget>().SetAsync(100, "EUR", Cancel);
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => bench.SubmitAsync(Hour(60)));
        Assert.Equal(ProblemCodes.OverBudget, failed.Code);
        Assert.Contains("in USD, the month's budget in EUR", failed.Message, StringComparison.Ordinal);
    }

    private static JobSpec Hour(int seconds) => Some.Spec() with { Limits = new LimitSpec { MaxRunSeconds = seconds, GraceSeconds = 0 } };

    /// <summary>An agent that keeps its claim, commits a checkpoint, obeys a stop, and is lost after a while if it is told to be.</summary>
    private static Func<JobRecord, Task> Renewing(Bench bench, int lostAfter = int.MaxValue) => async seen =>
    {
        if (seen.Status == JobStatus.Queued)
        {
            await bench.ClaimAsync(seen.Id, $"node-{seen.Epoch + 1}");
            return;
        }

        if (seen.Exit is not null || seen.Lease is null || bench.Clock.GetUtcNow() - seen.AttemptAt > TimeSpan.FromSeconds(lostAfter))
            return;
        if (seen.StopRequested)
        {
            await bench.ExitAsync(seen.Id, JobReason.StopRequested);
            return;
        }

        await bench.RenewAsync(seen.Id);
        await bench.Jobs.UpdateAsync(seen.Id, job => JobLife.Commit(job, new CheckpointCommit(job.Lease!.NodeId, job.Epoch, (job.Checkpoint?.Sequence ?? 0) + 1, Array.Empty<ContentFile>()), bench.Clock.GetUtcNow()), Cancel);
    };
}
