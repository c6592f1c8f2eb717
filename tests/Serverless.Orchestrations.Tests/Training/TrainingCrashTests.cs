using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Models;
using Serverless.Contracts.Problems;
using Serverless.Core.Endpoints;
using Serverless.Core.Models;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Training;

/// <summary>The process goes down after any write, each message comes twice: the outcome is the same.</summary>
public sealed class TrainingCrashTests
{
    private static readonly GateSpec Gate = new("accuracy", GateOperator.AtLeast, 0.93);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Training_CrashAfterEachWrite_SameOutcome()
    {
        var crashes = 0;
        for (var at = 1; ; at++)
        {
            await using var bench = new Bench();
            var happened = await RunAsync(bench, at, twice: false);
            await ExpectSameAsync(bench);
            if (!happened)
                break;
            crashes++;
        }

        Assert.True(crashes > 15, $"There were only {crashes} writes to crash after.");
    }

    /// <summary>With a month's budget: what a job cost counts once, and nothing stays put aside.</summary>
    [Fact]
    public async Task Training_CrashAfterEachWriteUnderABudget_CountsOnce()
    {
        for (var at = 1; ; at++)
        {
            await using var bench = new Bench();
            await bench.Get<MonthlyBudget>().SetAsync(100, "USD", Cancel);
            var happened = await RunAsync(bench, at, twice: false);
            await ExpectSameAsync(bench);
            bench.Clock.Advance(TimeSpan.FromMinutes(6));
            await bench.Get<BudgetSweep>().RunAsync(Cancel);
            var job = Assert.Single((await bench.Jobs.QueryAsync(null, null, 10, null, Cancel)).Records);
            var budget = await bench.Get<MonthlyBudget>().ShowAsync(Cancel);
            Assert.Equal((job.Spent!.Amount, 0m, 100 - job.Spent.Amount), (budget.Spent, budget.Reserved, budget.Left));
            if (!happened)
                break;
        }
    }

    [Fact]
    public async Task Training_EachMessageTwice_SameOutcome()
    {
        await using var bench = new Bench();

        await RunAsync(bench, 0, twice: true);

        await ExpectSameAsync(bench);
    }

    [Theory]
    [InlineData("training.admit")]
    [InlineData("training.observe")]
    [InlineData("training.register")]
    [InlineData("training.gate")]
    [InlineData("training.end")]
    [InlineData("training.release")]
    public async Task Training_WorkflowForgottenAtAnyStep_IsStartedAgainAndGoesOn(string step)
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel("digits", Gate));
        var agent = bench.Agent(JobReason.Completed, ("accuracy", 0.96));
        for (var steps = 0; !bench.Engine.History(job.Id).Any(line => line.Contains($"\"{step}\"", StringComparison.Ordinal)); steps++)
        {
            if (!await bench.Engine.StepAsync(Cancel))
                await agent(await bench.JobAsync(job.Id));
            Assert.True(steps < 500, $"The workflow never came to '{step}'.");
        }

        bench.Engine.Forget(job.Id);
        await bench.Get<Reaper>().RunAsync(Cancel);
        await bench.EndOfAsync(job.Id, agent);
        await bench.RunDryAsync();

        await ExpectSameAsync(bench);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Starting)]
    [InlineData(JobStatus.Finishing)]
    public async Task Reaper_WorkflowFailed_EndsTheJobWithItsWordsAndFreesItsNode(JobStatus when)
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        var agent = bench.Agent();
        while ((await bench.JobAsync(job.Id)).Status != when)
        {
            if (!await bench.Engine.StepAsync(Cancel))
                await agent(await bench.JobAsync(job.Id));
        }

        bench.Engine.Break(job.Id, "The code did something else than the history says.");
        await bench.Get<Reaper>().RunAsync(Cancel);

        var ended = await bench.JobAsync(job.Id);
        Assert.Equal((JobStatus.Failed, JobReason.Internal), (ended.Status, ended.Reason));
        Assert.Contains("The code did something else", ended.Message, StringComparison.Ordinal);
        Assert.Equal(when == JobStatus.Starting ? ["node-1"] : [], bench.Pool.Terminated);
    }

    [Fact]
    public async Task Reaper_WorkflowFailedForAFullDisk_TheJobSaysSo()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Some.Spec());

        bench.Engine.Break(job.Id, "The disk is full.", ProblemCodes.StorageFull);
        await bench.Get<Reaper>().RunAsync(Cancel);

        Assert.Equal(JobReason.DiskFull, (await bench.JobAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task Reaper_WorkflowTerminated_EndsTheJob()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);
        await bench.Engine.TerminateAsync(job.Id, "An operator ended it.", Cancel);

        await bench.Get<Reaper>().RunAsync(Cancel);

        Assert.Contains("An operator ended it.", (await bench.JobAsync(job.Id)).Message, StringComparison.Ordinal);
    }

    /// <summary>Runs a training with a crash after one write; whoever was at work begins again: a client submits again under its key, the sweeps run.</summary>
    private static async Task<bool> RunAsync(Bench bench, int crashAt, bool twice)
    {
        await bench.LandAsync();
        bench.Engine.Twice = twice;
        var spec = Some.SpecWithModel("digits", Gate);
        bench.Crash.At = crashAt == 0 ? 0 : bench.Crash.Count + crashAt;
        var last = bench.Crash.At;
        if (await Record.ExceptionAsync(() => bench.Get<JobSubmission>().SubmitAsync(spec, "api", "key", Cancel)) is CrashException)
        {
            await bench.Get<Reaper>().RunAsync(Cancel);
            await bench.Get<JobSubmission>().SubmitAsync(spec, "api", "key", Cancel);
        }

        var (jobs, _) = await bench.Jobs.QueryAsync(null, null, 10, null, Cancel);
        var job = Assert.Single(jobs);
        var agent = bench.Agent(JobReason.Completed, ("accuracy", 0.96));
        await bench.EndOfAsync(job.Id, async seen =>
        {
            // The agent's messages crash the host too: it sends them again.
            for (var tries = 0; tries < 3; tries++)
            {
                if (await Record.ExceptionAsync(() => agent(seen)) is not CrashException)
                    return;
                seen = await bench.JobAsync(job.Id);
            }
        });
        await bench.RunDryAsync();
        if (await Record.ExceptionAsync(() => bench.Get<Reaper>().RunAsync(Cancel)) is CrashException)
            await bench.Get<Reaper>().RunAsync(Cancel);
        return last > 0 && bench.Crash.Count >= last;
    }

    private static async Task ExpectSameAsync(Bench bench)
    {
        var job = Assert.Single((await bench.Jobs.QueryAsync(null, null, 10, null, Cancel)).Records);
        Assert.Equal((JobStatus.Succeeded, "digits@1", "digits", 1), (job.Status, job.Model, job.Endpoint, job.Epoch));
        var model = Assert.Single((await bench.Get<ModelSet>().QueryAsync(null, null, 10, null, Cancel)).Records);
        Assert.Equal((1, ModelStage.Approved), (model.Version, model.Stage));
        var deployment = Assert.Single((await bench.Get<DeploymentSet>().QueryAsync(null, null, 10, null, Cancel)).Records);
        Assert.Equal(DeploymentStatus.Succeeded, deployment.Status);
        Assert.Equal(1, (await bench.Get<EndpointSet>().FindAsync("digits", Cancel))!.Revision);
        Assert.Equal("digits@1", bench.Endpoints.Answers["digits"]);
        Assert.Single(bench.Pool.Nodes);
    }
}
