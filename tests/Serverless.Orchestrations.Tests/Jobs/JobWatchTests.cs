using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Jobs;

public sealed class JobWatchTests
{
    private static readonly DateTimeOffset T = Some.Start;
    private static readonly JobWatchRules Rules = new();

    private static JobVerdict Decide(JobRecord job, DateTimeOffset now, string? suspect = null, bool othersRun = false) =>
        JobWatch.Decide(job, new JobWatchFacts(Rules, suspect, othersRun), now);

    private static JobRecord Exited(JobReason reason, JobRecord? job = null) => (job ?? Some.Claimed()) with
    {
        Lease = null,
        Phase = AttemptPhase.Exited,
        Exit = new AttemptExit { Reason = reason, ExitCode = 1, At = T, Message = "words" },
    };

    [Theory]
    [InlineData(JobReason.Completed, JobVerdictKind.Publish)]
    [InlineData(JobReason.ProgramFailed, JobVerdictKind.End)]
    [InlineData(JobReason.OutOfMemory, JobVerdictKind.End)]
    [InlineData(JobReason.TimeLimit, JobVerdictKind.End)]
    [InlineData(JobReason.ProgramNotFound, JobVerdictKind.End)]
    [InlineData(JobReason.DiskFull, JobVerdictKind.End)]
    [InlineData(JobReason.Evicted, JobVerdictKind.Requeue)]
    [InlineData(JobReason.NodeLost, JobVerdictKind.Requeue)]
    [InlineData(JobReason.InputUnavailable, JobVerdictKind.Requeue)]
    public void Exit_ByReason_IsPublishedRequeuedOrEnded(JobReason reason, JobVerdictKind expected) =>
        Assert.Equal(expected, Decide(Exited(reason), T).Kind);

    [Theory]
    [InlineData(JobReason.Completed)]
    [InlineData(JobReason.Evicted)]
    [InlineData(JobReason.StopRequested)]
    public void Exit_OfAJobThatShallStop_EndsIt(JobReason reason)
    {
        var verdict = Decide(Exited(reason, JobLife.RequestStop(Some.Claimed(), T)), T);

        Assert.Equal((JobVerdictKind.End, JobReason.StopRequested), (verdict.Kind, verdict.Reason));
    }

    [Fact]
    public void LostNode_NoAttemptsLeft_EndsWithTheCount()
    {
        var spec = Some.Spec() with { Limits = new LimitSpec { MaxAttempts = 1 } };

        var verdict = Decide(Exited(JobReason.NodeLost, Some.Claimed(spec)), T);

        Assert.Equal((JobVerdictKind.End, JobReason.NodeLost), (verdict.Kind, verdict.Reason));
        Assert.Contains("attempt 1 of 1", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evictions_DoNotCountAsAttempts_UpToTheirOwnBound()
    {
        var job = Some.Claimed(Some.Spec() with { Limits = new LimitSpec { MaxAttempts = 1 } });

        for (var eviction = 1; eviction <= JobLife.FreeEvictions; eviction++)
        {
            Assert.Equal(JobVerdictKind.Requeue, Decide(Exited(JobReason.Evicted, job), T).Kind);
            var waiting = JobLife.Requeue(Exited(JobReason.Evicted, job), JobReason.Evicted, "spot", T);
            Assert.Equal(eviction, waiting.Evictions);
            job = JobLife.Claim(waiting, Some.Machine(), 1, "USD", Some.Lease, T);
        }

        var last = Decide(Exited(JobReason.Evicted, job), T);
        Assert.Equal(JobVerdictKind.End, last.Kind);
        Assert.Contains("attempt 1 of 1, without 20 evictions", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lease_RunOutOnce_IsDoubtedAndOnlyThenLost()
    {
        var job = Some.Claimed();
        var late = T + TimeSpan.FromHours(1);

        var doubt = Decide(job, late);
        Assert.Equal(JobVerdictKind.Wait, doubt.Kind);
        Assert.Equal(Rules.Doubt, doubt.Delay);

        var lost = Decide(job, late + Rules.Doubt, doubt.Suspect);
        Assert.Equal((JobVerdictKind.Requeue, JobReason.NodeLost), (lost.Kind, lost.Reason));
        Assert.Contains("node-1", lost.Message, StringComparison.Ordinal);

        var renewed = JobLife.Renew(job, "node-1", 1, Some.Lease, late);
        Assert.Equal(JobVerdictKind.Wait, Decide(renewed, late + Rules.Doubt, doubt.Suspect).Kind);
    }

    [Fact]
    public void Queue_NobodyComes_EndsWithNoCapacityUnlessOthersRun()
    {
        var late = T + Rules.NodeWait;

        var verdict = Decide(Some.Queued(), late);

        Assert.Equal((JobVerdictKind.End, JobReason.NoCapacity), (verdict.Kind, verdict.Reason));
        Assert.Equal(JobVerdictKind.Wait, Decide(Some.Queued(), late, othersRun: true).Kind);
        Assert.Equal(JobVerdictKind.End, Decide(Some.Queued(), T + Rules.QueueWait, othersRun: true).Kind);
    }

    [Fact]
    public void Queue_StopRequested_EndsAtOnce() =>
        Assert.Equal(JobReason.StopRequested, Decide(JobLife.RequestStop(Some.Queued(), T), T).Reason);

    [Fact]
    public void Attempt_AgentThatRenewsButNeverStops_IsCutOff()
    {
        var asked = JobLife.RequestStop(Some.Claimed(), T);
        var late = T + TimeSpan.FromSeconds(30) + Rules.StopSlack;
        var held = asked with { Lease = new JobLease("node-1", late + Some.Lease) };

        Assert.Equal(JobReason.StopRequested, Decide(held, late).Reason);

        var endless = Some.Claimed(Some.Spec() with { Limits = new LimitSpec { MaxRunSeconds = 10, GraceSeconds = 0 } });
        var over = T + TimeSpan.FromSeconds(10) + Rules.RunSlack;
        Assert.Equal(JobReason.TimeLimit, Decide(endless with { Lease = new JobLease("node-1", over + Some.Lease) }, over).Reason);
    }

    [Fact]
    public void Reasons_EveryOne_HasAMeaning()
    {
        foreach (var reason in Enum.GetValues<JobReason>())
        {
            Assert.NotEmpty(JobReasons.Words(reason));
            Assert.True(JobReasons.FinalStatus(reason) is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Stopped);
            Assert.True(!JobReasons.Retryable(reason) || JobReasons.FinalStatus(reason) == JobStatus.Failed);
            Assert.Equal(JobReasons.FinalStatus(reason) == JobStatus.Failed && reason != JobReason.None, JobReasons.Cure(reason) is not null);
        }
    }
}
