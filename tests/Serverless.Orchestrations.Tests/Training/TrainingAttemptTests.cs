using Serverless.Contracts.Jobs;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Training;

/// <summary>What becomes of a job's attempts.</summary>
public sealed class TrainingAttemptTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Training_ProgramFails_IsNotStartedAgain()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());

        var ended = await bench.EndOfAsync(job.Id, bench.Agent(JobReason.ProgramFailed));

        Assert.Equal((JobStatus.Failed, JobReason.ProgramFailed, 1), (ended.Status, ended.Reason, ended.Epoch));
        Assert.NotNull(ended.Cure);
    }

    [Fact]
    public async Task Training_FromAnotherJobsCheckpoint_ThatOneIsRecordedAtAdmission()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var named = await bench.SubmitAsync(Some.Spec());
        await bench.EndOfAsync(named.Id, bench.Agent());
        var without = await bench.EndOfAsync((await bench.SubmitAsync(Some.Spec() with { CheckpointFrom = named.Id })).Id, bench.Agent());
        var checkpoint = new JobCheckpoint(1, 4, [new("w.bin", new string('a', 64), 5)], Some.Start);
        await bench.Jobs.UpdateAsync(named.Id, job => job with { Checkpoint = checkpoint }, Cancel);

        var heir = await bench.EndOfAsync((await bench.SubmitAsync(Some.Spec() with { CheckpointFrom = named.Id })).Id, bench.Agent());
        var heirs = await bench.EndOfAsync((await bench.SubmitAsync(Some.Spec() with { CheckpointFrom = heir.Id })).Id, bench.Agent());
        var lost = await bench.EndOfAsync((await bench.SubmitAsync(Some.Spec() with { CheckpointFrom = "job-none" })).Id, bench.Agent());

        Assert.Equal(new JobOrigin(named.Id, null, null), without.Origin);
        Assert.Contains("starts anew", without.Origin!.Words(), StringComparison.Ordinal);
        Assert.Equal((named.Id, named.Id, 4), (heir.Origin!.JobId, heir.Origin.Owner, heir.Origin.Checkpoint!.Sequence));
        Assert.Equal(new JobStart(named.Id) { WrittenBy = named.Id, Attempt = 1, Sequence = 4, CommittedAt = Some.Start, Files = 1, SizeBytes = 5 }, JobViews.View(heir, Some.Start).StartedFrom);
        Assert.Equal((heir.Id, named.Id, 4), (heirs.Origin!.JobId, heirs.Origin.Owner, heirs.Origin.Checkpoint!.Sequence));
        Assert.Equal((JobStatus.Failed, JobReason.NotAdmitted), (lost.Status, lost.Reason));
        Assert.Contains("job-none", lost.Message, StringComparison.Ordinal);
        Assert.Equal("job.checkpointFrom", Assert.Single(Core.Jobs.Validation.JobValidation.Check(Some.Spec() with { CheckpointFrom = "../job" }, "job")).Path);
    }

    [Fact]
    public async Task Training_LeaseLostEveryTime_IsTriedAsOftenAsAllowedAndNodesAreEnded()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        var node = 0;

        var ended = await bench.EndOfAsync(job.Id, async seen =>
        {
            if (seen.Status == JobStatus.Queued)
                await bench.ClaimAsync(seen.Id, $"node-{++node}");
        });

        Assert.Equal((JobStatus.Failed, JobReason.NodeLost, 3), (ended.Status, ended.Reason, ended.Epoch));
        Assert.Equal(["node-1", "node-2", "node-3"], bench.Pool.Terminated);
        Assert.Contains("attempt 3 of 3", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_LeaseLostOnce_GoesOnAndTheOldAgentChangesNothing()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());

        var ended = await bench.EndOfAsync(job.Id, async seen =>
        {
            if (seen is { Status: JobStatus.Queued })
                await bench.ClaimAsync(seen.Id, $"node-{seen.Epoch + 1}");
            else if (seen is { Epoch: 2, Exit: null })
                await bench.ExitAsync(seen.Id, JobReason.Completed);
        });

        Assert.Equal((JobStatus.Succeeded, 2, 2), (ended.Status, ended.Epoch, ended.PublishedEpoch));
        Assert.Throws<ServerlessException>(() => JobLife.RequireClaim(ended, "node-1", 1));
    }

    [Fact]
    public async Task Training_HostWasAwayLongerThanTheLease_AnAgentThatRenewsKeepsItsAttempt()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);
        await bench.ClaimAsync(job.Id);
        await bench.Engine.PumpAsync(Cancel);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Engine.PumpAsync(Cancel);

        await bench.RenewAsync(job.Id);
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        await bench.Engine.PumpAsync(Cancel);

        var seen = await bench.JobAsync(job.Id);
        Assert.Equal((JobStatus.Starting, 1), (seen.Status, seen.Epoch));
    }

    [Fact]
    public async Task Training_ClockSetBack_AStillLostNodeIsNotWaitedForByTheOldClock()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);
        bench.Clock.Advance(TimeSpan.FromHours(-1));
        var before = bench.Clock.GetUtcNow();
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.ClaimAsync(job.Id);
        bench.Clock.Advance(TimeSpan.FromHours(-1));
        await bench.Engine.PumpAsync(Cancel);

        Assert.True((await bench.JobAsync(job.Id)).Lease!.ExpiresAt <= before + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Training_NobodyComes_EndsWithNoCapacity()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());

        var ended = await bench.EndOfAsync(job.Id);

        Assert.Equal((JobStatus.Failed, JobReason.NoCapacity), (ended.Status, ended.Reason));
        Assert.Equal(TimeSpan.FromMinutes(10), ended.EndedAt - job.CreatedAt);
    }

    [Fact]
    public async Task Training_NobodyComesWhileTheProviderIsShort_WaitsLongerAndSaysWhatWasShort()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        bench.Pool.Shortages["local"] = [new Core.Compute.ComputeShortage("no_quota", true, "8 of 8 vCPUs are used.", "Raise it.")];
        var job = await bench.SubmitAsync(Some.SpecWithModel());

        var ended = await bench.EndOfAsync(job.Id, seen =>
        {
            // The looks of seven days, without living through each of them.
            if (bench.Clock.GetUtcNow() - seen.CreatedAt is { TotalHours: > 1 and < 167 })
                bench.Clock.Advance(TimeSpan.FromHours(1));
            return Task.CompletedTask;
        });

        Assert.Equal((JobStatus.Failed, JobReason.NoCapacity), (ended.Status, ended.Reason));
        Assert.True(ended.EndedAt - job.CreatedAt >= TimeSpan.FromDays(7));
        Assert.Contains("8 of 8 vCPUs are used.", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_PoolCannotGrowNow_WaitsAndIsTriedAgainBySweeps()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        bench.Pool.Failure = Fail.Conflict("There is no quota.", "Ask for more.");
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);
        Assert.Equal(JobStatus.Queued, (await bench.JobAsync(job.Id)).Status);
        Assert.Empty(bench.Pool.Nodes);

        bench.Pool.Failure = null;
        await bench.Get<Orchestrations.Sweeps.Reaper>().RunAsync(Cancel);

        Assert.Single(bench.Pool.Nodes);
    }

    [Theory]
    [InlineData(JobStatus.Pending)]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Starting)]
    public async Task Stop_AnywhereInItsLife_EndsTheJobAsStopped(JobStatus when)
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        if (when != JobStatus.Pending)
            await bench.Engine.PumpAsync(Cancel);
        if (when == JobStatus.Starting)
            await bench.ClaimAsync(job.Id);

        await bench.Get<JobStopping>().StopAsync(job.Id, Cancel);
        var ended = await bench.EndOfAsync(job.Id, bench.Agent(JobReason.StopRequested));

        Assert.Equal((JobStatus.Stopped, JobReason.StopRequested), (ended.Status, ended.Reason));
        Assert.Equal(when == JobStatus.Starting ? 1 : 0, ended.Epoch);
    }

    [Fact]
    public async Task Training_RunsForLong_KeepsItsHistoryShort()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        var looks = 0;

        var ended = await bench.EndOfAsync(job.Id, async seen =>
        {
            if (seen.Status == JobStatus.Queued)
                await bench.ClaimAsync(seen.Id);
            else if (++looks == 250)
                await bench.ExitAsync(seen.Id, JobReason.Completed);
            else if (seen.Exit is null)
                await bench.RenewAsync(seen.Id);
        });

        Assert.Equal((JobStatus.Succeeded, 1), (ended.Status, ended.Epoch));
        Assert.True(bench.Engine.LongestHistory is > 300 and < 900, $"The longest history had {bench.Engine.LongestHistory} events.");
    }

    [Fact]
    public async Task Submit_SameKeyTwice_GivesTheSameJobAndRefusesAnother()
    {
        await using var bench = new Bench();
        var submission = bench.Get<JobSubmission>();

        var first = await submission.SubmitAsync(Some.Spec(), "api", "key", Cancel);
        var again = await submission.SubmitAsync(Some.Spec(), "api", "key", Cancel);
        var other = await Assert.ThrowsAsync<ServerlessException>(() => submission.SubmitAsync(Some.Spec() with { Name = "other" }, "api", "key", Cancel));

        Assert.Equal(first.Id, again.Id);
        Assert.Equal("conflict", other.Code);
        Assert.NotEqual(first.Id, (await submission.SubmitAsync(Some.Spec(), "api", null, Cancel)).Id);
    }
}
