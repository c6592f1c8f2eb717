using Serverless.Contracts.Jobs;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Sweeps;

public sealed class WorkflowRetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_WorkflowEndedLongAgo_IsForgotten_AndItsJobStaysAsItEnded()
    {
        await using var bench = new Bench();
        var old = await bench.SubmitAsync(Some.Spec());
        var ended = await bench.EndOfAsync(old.Id, bench.Agent());
        await bench.RunDryAsync();
        bench.Clock.Advance(TimeSpan.FromDays(6.9));
        await bench.Get<Reaper>().RunAsync(Cancel);
        Assert.NotNull(await bench.Engine.FindAsync(old.Id, Cancel));

        var live = await bench.SubmitAsync(Some.Spec());
        bench.Clock.Advance(TimeSpan.FromDays(0.2));
        await bench.Get<Reaper>().RunAsync(Cancel);

        Assert.Null(await bench.Engine.FindAsync(old.Id, Cancel));
        Assert.Equal(WorkflowStatus.Running, (await bench.Engine.FindAsync(live.Id, Cancel))!.Status);
        Assert.Equal(ended.Status, (await bench.JobAsync(old.Id)).Status);
        await bench.Get<Reaper>().RunAsync(Cancel);
        Assert.Null(await bench.Engine.FindAsync(old.Id, Cancel)); // a job that has ended gets no workflow anew
    }

    [Fact]
    public async Task Sweep_ManyEndedLongAgo_AreAllForgottenInBatches()
    {
        await using var bench = new Bench();
        for (var i = 0; i < 120; i++)
        {
            var id = (await bench.SubmitAsync(Some.Spec())).Id;
            await bench.Get<JobStopping>().StopAsync(id, Cancel);
        }

        await bench.RunDryAsync();
        Assert.Equal(120, (await bench.Engine.ListAsync(WorkflowStatus.Completed, 1_000, Cancel)).Count);
        bench.Clock.Advance(TimeSpan.FromDays(8));

        await bench.Get<WorkflowRetention>().RunAsync(Cancel);

        Assert.Empty(await bench.Engine.ListAsync(null, 1_000, Cancel));
    }

    [Fact]
    public async Task Sweep_WorkflowCannotBeRun_ItsJobCanBeStoppedAllTheSame()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Some.Spec());
        await bench.Engine.PumpAsync(Cancel);
        await bench.ClaimAsync(job.Id);
        bench.Engine.Park(job.Id, "The history is damaged.");
        await bench.Get<Reaper>().RunAsync(Cancel);
        Assert.False((await bench.JobAsync(job.Id)).Ended); // it may be run on once the host starts again
        await bench.Get<JobStopping>().StopAsync(job.Id, Cancel);

        await bench.Get<Reaper>().RunAsync(Cancel);
        await bench.Get<Reaper>().RunAsync(Cancel);

        var seen = await bench.JobAsync(job.Id);
        Assert.True(seen.Ended);
        Assert.Equal(JobReason.StopRequested, seen.Reason);
    }
}
