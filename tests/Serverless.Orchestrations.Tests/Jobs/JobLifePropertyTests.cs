using FsCheck;
using FsCheck.Fluent;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Jobs;

/// <summary>Whatever agents, people and workflows do to a job in whatever order, with clocks that jump: a few things always hold.</summary>
public sealed class JobLifePropertyTests
{
    private const int Steps = 60;

    private sealed record Move(int What, int Node, int Epoch, int Number, int Seconds);

    private static readonly Gen<Move> AnyMove =
        from what in Gen.Choose(0, 9)
        from node in Gen.Choose(1, 2)
        from epoch in Gen.Choose(-1, 1)
        from number in Gen.Choose(0, 4)
        from seconds in Gen.Choose(-3_600, 3_600)
        select new Move(what, node, epoch, number, seconds);

    [Fact]
    public void Life_AnyInterleaving_FencesStaleAgentsAndEndsOnce() =>
        Prop.ForAll(AnyMove.ListOf(Steps).ToArbitrary(), moves =>
        {
            var job = Some.Job(Some.SpecWithModel());
            var now = Some.Start;
            foreach (var move in moves)
            {
                now += TimeSpan.FromSeconds(move.Seconds);
                var next = Make(job, move, now);
                Check(job, next, move);
                job = next;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static JobRecord Make(JobRecord job, Move move, DateTimeOffset now)
    {
        var node = $"node-{move.Node}";
        var epoch = job.Epoch + move.Epoch;
        try
        {
            return move.What switch
            {
                0 => JobLife.Admit(job, job.Spec, null, now),
                1 => JobLife.Claim(job, Some.Machine(node), 0.36m, "USD", Some.Lease, now),
                2 => JobLife.Renew(job, node, epoch, Some.Lease, now),
                3 => JobLife.Report(job, Report(job, move, node, epoch, now, null), Some.Lease, now),
                4 => JobLife.Report(job, Report(job, move, node, epoch, now, (JobReason)(1 + (move.Number * 3))), Some.Lease, now),
                5 => JobLife.Commit(job, new CheckpointCommit(node, epoch, move.Number, []), now),
                6 => JobLife.Requeue(job, JobReason.NodeLost, "lost", now),
                7 => JobLife.Publish(job),
                8 => JobLife.RequestStop(job, now),
                9 => move.Number == 0 ? JobLife.End(job, JobStatus.Failed, JobReason.ProgramFailed, "failed", null, now) : JobLife.CutLease(job, Some.Lease, now),
                _ => throw new ArgumentOutOfRangeException(nameof(move)),
            };
        }
        catch (ServerlessException)
        {
            return job;
        }
    }

    private static AttemptReport Report(JobRecord job, Move move, string node, int epoch, DateTimeOffset now, JobReason? exit) => new()
    {
        NodeId = node,
        Epoch = epoch,
        Phase = exit is null ? (AttemptPhase)(move.Number % 2) : AttemptPhase.Exited,
        FirstPoint = Math.Max(0, job.Points - move.Number),
        Points = [.. Enumerable.Range(0, move.Number).Select(i => new MetricPoint("m", i, null, now))],
        Exit = exit is { } reason ? new AttemptExit { Reason = reason, ExitCode = 0, At = now } : null,
    };

    private static void Check(JobRecord before, JobRecord after, Move move)
    {
        Assert.True(after.Epoch == before.Epoch || (after.Epoch == before.Epoch + 1 && move.What == 1), "Only a claim raises the epoch, by one.");
        if (before.Ended)
            Assert.Same(before, after);
        if (move.What is >= 2 and <= 5 && !JobLife.Holds(before, $"node-{move.Node}", before.Epoch + move.Epoch))
            Assert.Same(before, after);
        Assert.True(after.Points >= before.Points || after.Epoch > before.Epoch, "Points never get fewer within an attempt.");
        Assert.True(after.Lease is null || after.Status is JobStatus.Starting or JobStatus.Running, $"A lease on a job that is {after.Status}.");
        Assert.True(before.PublishedEpoch is null || after.PublishedEpoch == before.PublishedEpoch, "The published attempt never changes.");
        Assert.True(after.Status is not JobStatus.Finishing || after.PublishedEpoch == after.Epoch);
        Assert.True((after.Spent?.Seconds ?? 0) >= (before.Spent?.Seconds ?? 0), "What was spent never gets less.");
        Assert.True(!after.Ended || after.EndedAt is not null);
        Assert.True(!before.StopRequested || after.StopRequested);
    }
}
