using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Jobs;

public sealed class JobLifeTests
{
    private static readonly DateTimeOffset T = Some.Start;

    private static AttemptReport Report(AttemptPhase phase, AttemptExit? exit = null, int epoch = 1, long first = 0, params (string Name, double Value)[] points) => new()
    {
        NodeId = "node-1",
        Epoch = epoch,
        Phase = phase,
        FirstPoint = first,
        Points = [.. points.Select(point => new MetricPoint(point.Name, point.Value, null, T))],
        Exit = exit,
        StartedAt = phase == AttemptPhase.Staging ? null : T,
    };

    private static AttemptExit Exit(JobReason reason, int? code = 0) => new() { Reason = reason, ExitCode = code, At = T };

    [Fact]
    public void Report_Exit_EndsTheClaimAndARepeatChangesNothing()
    {
        var report = Report(AttemptPhase.Exited, Exit(JobReason.Completed));
        var exited = JobLife.Report(Some.Claimed(), report, Some.Lease, T);

        Assert.Null(exited.Lease);
        Assert.Equal(JobReason.Completed, exited.Exit?.Reason);
        Assert.Same(exited, JobLife.Report(exited, report, Some.Lease, T));
        var late = Assert.Throws<ServerlessException>(() => JobLife.Report(exited, Report(AttemptPhase.Running), Some.Lease, T));
        Assert.Equal(ProblemCodes.StaleEpoch, late.Code);
    }

    [Fact]
    public void Report_ExitAfterRequeue_IsStale()
    {
        var requeued = JobLife.Requeue(Some.Claimed(), JobReason.NodeLost, "lost", T);

        var error = Assert.Throws<ServerlessException>(() => JobLife.Report(requeued, Report(AttemptPhase.Exited, Exit(JobReason.Completed)), Some.Lease, T));

        Assert.Equal(ProblemCodes.StaleEpoch, error.Code);
    }

    [Fact]
    public void Report_ExitAfterStopRequest_IsTakenAndTheStopStays()
    {
        var stopping = JobLife.RequestStop(Some.Claimed(), T);

        var exited = JobLife.Report(stopping, Report(AttemptPhase.Exited, Exit(JobReason.StopRequested, 143)), Some.Lease, T);

        Assert.True(exited.StopRequested);
        Assert.Equal(JobReason.StopRequested, exited.Exit?.Reason);
    }

    [Fact]
    public void Report_ProgramThatNeverStarted_DoesNotCountAsRunning()
    {
        var exited = JobLife.Report(Some.Claimed(), Report(AttemptPhase.Exited, Exit(JobReason.ProgramNotFound, null)) with { StartedAt = null }, Some.Lease, T);

        Assert.Equal(JobStatus.Starting, exited.Status);
        Assert.Null(exited.StartedAt);
    }

    [Fact]
    public void Report_EmptyFromAFarPosition_SkipsNothing()
    {
        var ahead = JobLife.Report(Some.Claimed(), Report(AttemptPhase.Running, first: 1_000), Some.Lease, T);

        Assert.Equal(0, ahead.Points);
        Assert.Equal(0.5, JobLife.Report(ahead, Report(AttemptPhase.Running, points: ("a", 0.5)), Some.Lease, T).Metrics["a"]);
    }

    [Fact]
    public void Report_PointsTwice_CountOnce()
    {
        var report = Report(AttemptPhase.Running, points: [("a", 1), ("a", 2)]);
        var once = JobLife.Report(Some.Claimed(), report, Some.Lease, T);
        var twice = JobLife.Report(once, report, Some.Lease, T);

        Assert.Equal(2, twice.Points);
        Assert.Empty(JobLife.NewPoints(once, report));
        Assert.Equal(2, twice.Metrics["a"]);
    }

    [Fact]
    public void Report_GapOrNegativePosition_IsRefused()
    {
        Assert.Equal(ProblemCodes.Conflict, Assert.Throws<ServerlessException>(() =>
            JobLife.Report(Some.Claimed(), Report(AttemptPhase.Running, first: 5, points: ("a", 1)), Some.Lease, T)).Code);
        Assert.Equal(ProblemCodes.Invalid, Assert.Throws<ServerlessException>(() =>
            JobLife.Report(Some.Claimed(), Report(AttemptPhase.Running, first: long.MinValue, points: ("a", 1)), Some.Lease, T)).Code);
    }

    [Fact]
    public void Report_ContradictsItself_IsRefused()
    {
        Assert.Throws<ServerlessException>(() => JobLife.Report(Some.Claimed(), Report(AttemptPhase.Exited), Some.Lease, T));
        Assert.Throws<ServerlessException>(() => JobLife.Report(Some.Claimed(), Report(AttemptPhase.Running, Exit(JobReason.Completed)), Some.Lease, T));
    }

    [Fact]
    public void Report_FloodOfMetricNamesAndLogLines_StaysBounded()
    {
        var flood = Enumerable.Range(0, JobReports.MaxMetrics + 500).Select(i => ($"m{i}", (double)i)).ToArray();
        var exit = Exit(JobReason.ProgramFailed, 1) with { LogTail = [.. Enumerable.Repeat(new string('x', 9_000), 200)], Message = new string('y', 50_000) };

        var job = JobLife.Report(Some.Claimed(), Report(AttemptPhase.Exited, exit, points: flood), Some.Lease, T);

        Assert.Equal(JobReports.MaxMetrics, job.Metrics.Count);
        Assert.Equal(flood.Length, job.Points);
        Assert.Equal(AgentProtocol.LogTailLines, job.Exit!.LogTail.Count);
        Assert.All(job.Exit.LogTail, line => Assert.True(line.Length <= AgentProtocol.LogTailLineLength));
        Assert.True(job.Exit.Message!.Length <= JobReports.MaxMessage);
    }

    [Fact]
    public void Claim_AfterALostAttempt_ForgetsItsMetricsUnlessThereIsACheckpoint()
    {
        var first = JobLife.Report(Some.Claimed(), Report(AttemptPhase.Running, points: ("accuracy", 0.99)), Some.Lease, T);
        var kept = JobLife.Commit(first, new CheckpointCommit("node-1", 1, 1, []), T);

        static JobRecord Again(JobRecord job) => JobLife.Claim(JobLife.Requeue(job, JobReason.NodeLost, "lost", T), Some.Machine("node-2"), 1, "USD", Some.Lease, T);

        Assert.Empty(Again(first).Metrics);
        Assert.Equal(0.99, Again(kept).Metrics["accuracy"]);
    }

    [Fact]
    public void Commit_OlderOrSameSequence_ChangesNothing()
    {
        var job = JobLife.Commit(Some.Claimed(), new CheckpointCommit("node-1", 1, 2, []), T);

        Assert.Same(job, JobLife.Commit(job, new CheckpointCommit("node-1", 1, 2, []), T));
        Assert.Same(job, JobLife.Commit(job, new CheckpointCommit("node-1", 1, 1, []), T));
        Assert.Throws<ServerlessException>(() => JobLife.Commit(job, new CheckpointCommit("node-2", 1, 3, []), T));
    }

    [Fact]
    public void EndedJob_NothingChangesIt()
    {
        var ended = JobLife.End(Some.Claimed(), JobStatus.Failed, JobReason.NodeLost, "lost", null, T);

        Assert.Same(ended, JobLife.Requeue(ended, JobReason.NodeLost, "again", T));
        Assert.Same(ended, JobLife.Publish(ended));
        Assert.Same(ended, JobLife.RequestStop(ended, T));
        Assert.Same(ended, JobLife.Admit(ended, Some.Spec(), null, T));
        Assert.Same(ended, JobLife.Claim(ended, Some.Machine(), 1, "USD", Some.Lease, T));
        Assert.Same(ended, JobLife.End(ended, JobStatus.Succeeded, JobReason.Completed, null, null, T));
        Assert.Same(ended, JobLife.Made(ended, "m@1"));
        Assert.Throws<ServerlessException>(() => JobLife.Renew(ended, "node-1", 1, Some.Lease, T));
    }

    [Fact]
    public void Publish_OnlyAnAttemptThatCompleted()
    {
        var failed = JobLife.Report(Some.Claimed(), Report(AttemptPhase.Exited, Exit(JobReason.ProgramFailed, 1)), Some.Lease, T);
        var good = JobLife.Report(Some.Claimed(), Report(AttemptPhase.Exited, Exit(JobReason.Completed)), Some.Lease, T);

        Assert.Same(failed, JobLife.Publish(failed));
        Assert.Equal(1, JobLife.Publish(good).PublishedEpoch);
        Assert.Equal(JobStatus.Queued, JobLife.Publish(Some.Queued()).Status);
    }

    [Fact]
    public void CutLease_ClockSetBack_EndsSoonAfterTheNewTime()
    {
        var job = Some.Claimed();
        var back = T - TimeSpan.FromHours(1);

        Assert.Same(job, JobLife.CutLease(job, Some.Lease, T));
        Assert.Equal(back + Some.Lease, JobLife.CutLease(job, Some.Lease, back).Lease!.ExpiresAt);
    }

    [Fact]
    public void Cost_SeveralAttempts_AddUpAndStopAtTheExit()
    {
        var first = JobLife.Requeue(Some.Claimed(), JobReason.NodeLost, "lost", T.AddSeconds(100));
        var second = JobLife.Claim(first, Some.Machine(), 0.36m, "USD", Some.Lease, T.AddSeconds(500));
        var exit = Exit(JobReason.Completed) with { At = T.AddSeconds(600) };
        var exited = JobLife.Report(second, Report(AttemptPhase.Exited, exit, epoch: 2), Some.Lease, T.AddSeconds(601));

        Assert.Equal(100, JobCosts.Of(first, T.AddSeconds(400))!.Seconds);
        var cost = JobViews.View(exited, T.AddSeconds(9_000)).Cost!;
        Assert.Equal(200, cost.Seconds);
        Assert.Equal(0.02m, cost.Amount);
    }
}
