using System.Globalization;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>Population-based training as a study: trials that begin with the checkpoints of others.</summary>
public sealed class PopulationStudyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trials_OfLaterTurns_BeginWithTheCheckpointsOfTheirParents()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);

        var study = await studies.EndOfAsync((await studies.SubmitAsync(Spec(trials: 8, members: 2))).Id, job => TurnAsync(bench, studies, job));

        Assert.Equal((StudyStatus.Succeeded, 8), (study.Status, study.Trials.Complete));
        var trials = await studies.TrialsAsync(study);
        var jobs = (await studies.JobsAsync()).ToDictionary(job => job.Id);
        Assert.All(trials.Take(2), trial => Assert.Equal((null, null, null), (trial.Parent, trial.Turn, jobs[trial.JobId!].Spec.CheckpointFrom)));
        Assert.All(trials.Skip(2), trial =>
        {
            var parent = trials[trial.Parent!.Value];
            var job = jobs[trial.JobId!];
            Assert.Equal((parent.JobId, parent.JobId, parent.JobId), (job.Spec.CheckpointFrom, job.Origin!.JobId, job.Origin.Owner));
            Assert.Equal((parent.Turn ?? 1) + 1, trial.Turn);
            Assert.Equal([$"after-{parent.Number}.bin"], job.Origin.Checkpoint!.Files.Select(file => file.Path));
            Assert.Equal(["--epochs", (5 * trial.Turn!.Value).ToString(CultureInfo.InvariantCulture), "--x", trial.Parameters["x"].ToString()], job.Spec.Arguments);
        });
    }

    [Fact]
    public async Task Trials_WhoseParentLeftNoCheckpoint_StartAnewAndSaySo()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);

        await studies.EndOfAsync((await studies.SubmitAsync(Spec(trials: 3, members: 2))).Id);

        var heir = (await studies.JobsAsync())[2];
        Assert.Equal((JobStatus.Succeeded, null), (heir.Status, heir.Origin!.Checkpoint));
        Assert.Contains("starts anew", heir.Origin.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trials_ThatFail_AreReplacedByCopiesOfGoodOnes()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = Spec(trials: 9, members: 3);
        spec = spec with { Limits = spec.Limits with { Failures = 9 } };

        var study = await studies.EndOfAsync((await studies.SubmitAsync(spec)).Id, job => job.Trial!.Number is 1 or 4 ? studies.ExitAsync(job, JobReason.ProgramFailed) : TurnAsync(bench, studies, job));

        var trials = await studies.TrialsAsync(study);
        Assert.Equal([1, 4], trials.Where(trial => trial.Status == TrialStatus.Failed).Select(trial => trial.Number));
        Assert.DoesNotContain(trials, trial => trial.Parent is 1 or 4);
        Assert.All(trials.Skip(3), trial => Assert.NotNull(trial.Parent));
    }

    /// <summary>More trials at once than members: the surplus waits until a turn is over.</summary>
    [Fact]
    public async Task Study_WithMoreTrialsAtOnceThanMembers_RunsOneTurnOfEach()
    {
        await using var bench = new Bench(new() { Name = "local", MaxNodes = 20 });
        var studies = new StudyBench(bench);
        var id = (await studies.SubmitAsync(Spec(trials: 12, members: 3) with { Limits = new StudyLimitSpec { Trials = 12, Parallelism = 8 } })).Id;
        var most = 0;

        var study = await studies.EndOfAsync(id, job => TurnAsync(bench, studies, job), stir: async () => most = Math.Max(most, (await studies.StudyAsync(id)).Running.Count));

        Assert.Equal((12, 3), (study.Trials.Complete, most));
    }

    [Fact]
    public async Task Study_CrashAfterEachWrite_SameTrialsWithTheSameParents()
    {
        var (expected, _) = await RunAsync(0);
        var crashes = 0;
        for (var at = 1; ; at++)
        {
            var (trials, crashed) = await RunAsync(at);
            Assert.Equal(expected, trials);
            if (!crashed)
                break;
            crashes++;
        }

        Assert.True(crashes > 30, $"There were only {crashes} writes to crash after.");
    }

    private static async Task<(string Trials, bool Crashed)> RunAsync(int crashAt)
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        bench.Crash.At = crashAt;
        if (await Record.ExceptionAsync(() => studies.SubmitAsync(Spec(trials: 5, members: 2), "key")) is CrashException)
        {
            await studies.ReapAsync();
            await studies.SubmitAsync(Spec(trials: 5, members: 2), "key");
        }

        var (all, _) = await studies.Studies.QueryAsync(null, null, 10, null, Cancel);
        var study = await studies.EndOfAsync(Assert.Single(all).Id, job => TurnAsync(bench, studies, job), stir: studies.ReapAsync);
        var trials = await studies.TrialsAsync(study);
        var jobs = await studies.JobsAsync();
        Assert.Equal(trials.Select(trial => trial.JobId), jobs.Select(job => job.Id));
        Assert.All(jobs, job => Assert.Equal(job.Spec.CheckpointFrom, job.Origin?.Owner));
        return (string.Join(' ', trials.Select(trial => $"{trial.Parent}>{trial.Parameters["x"]}:{trial.Values[0]:R}:{jobs[trial.Number].Origin?.Checkpoint?.Files[0].Path}")), crashAt > 0 && bench.Crash.Count >= crashAt);
    }

    private static StudySpec Spec(int trials, int members) => StudyBench.Spec(trials) with
    {
        Job = Some.Spec() with { Arguments = ["--epochs", "{turn*5}"] },
        Sampler = new TunerSpec("pbt") { Settings = new Dictionary<string, double> { ["members"] = members } },
    };

    /// <summary>A turn: commits a checkpoint of its own, then ends with the distance as its loss.</summary>
    private static async Task TurnAsync(Bench bench, StudyBench studies, JobRecord job)
    {
        var file = new ContentFile($"after-{job.Trial!.Number}.bin", new string('a', 64), 1);
        await bench.Jobs.UpdateAsync(job.Id, now => JobLife.Commit(now, new CheckpointCommit(now.Lease!.NodeId, now.Epoch, 1, [file]), bench.Clock.GetUtcNow()), Cancel);
        await studies.ExitAsync(await bench.JobAsync(job.Id), JobReason.Completed, ("loss", StudyBench.Loss(job.Trial)));
    }
}
