using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Studies;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.Tuning.Pruners;

namespace Serverless.Orchestrations.Tests.Studies;

/// <summary>Limits of a study are kept to when nothing is heard, and its pruner knows how long a trial is.</summary>
public sealed class StudyPatienceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, 30)]
    [InlineData(100.0, null, 30)]
    [InlineData(17.5, null, 7.5)]
    [InlineData(10.001, null, 0.02)]
    [InlineData(9.0, null, 30)]
    [InlineData(null, 1.0, 30)]
    [InlineData(null, 0.02, 10)]
    [InlineData(null, 0.005, 30)]
    [InlineData(15.0, 0.02, 5)]
    public void Wait_LimitWithinPatience_EndsThere(double? seconds, double? cost, double expected)
    {
        // 10 s after its beginning, two jobs at 1.80 an hour that began with it: 0.01 are spent, 0.001 more each second.
        var now = Begin.AddSeconds(10);
        var study = new StudyRecord
        {
            Id = "study-1",
            Name = "s",
            Spec = StudyBench.Spec() with { Limits = new StudyLimitSpec { Seconds = seconds, MaxCost = (decimal?)cost } },
            Source = "api",
            CreatedAt = Begin,
            Seed = 1,
        };
        var job = Some.Job() with { AttemptAt = Begin, PricePerHour = 1.8m };

        Assert.Equal(expected, StudyPatience.Of(study, [job, job], new StudyOptions(), now).TotalSeconds, 6);
    }

    /// <summary>A trial that runs on and says nothing is not waited for: the study stops asking for trials in the moment that its time is over.</summary>
    [Fact]
    public async Task Study_TimeIsOverWhileATrialRuns_IsSeenAtOnce()
    {
        await using var bench = new Bench();
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 3);
        var id = (await studies.SubmitAsync(spec with { Limits = spec.Limits with { Seconds = 45 } })).Id;
        await bench.Engine.PumpAsync(Cancel);
        var begin = (await studies.StudyAsync(id)).CreatedAt;

        var due = new List<double>();
        while (bench.Clock.GetUtcNow() < begin.AddSeconds(45))
        {
            bench.Clock.Advance(bench.Engine.NextDue()!.Value - bench.Clock.GetUtcNow());
            due.Add((bench.Clock.GetUtcNow() - begin).TotalSeconds);
            await bench.Engine.PumpAsync(Cancel);
        }

        Assert.Contains(due, at => Math.Abs(at - 45) < 0.5);
    }

    [Theory]
    [InlineData("auto", true)]
    [InlineData("hyperband", true)]
    [InlineData("successive-halving", true)]
    [InlineData("patient+hyperband", true)]
    [InlineData("median", false)]
    [InlineData("none", false)]
    public void LastStep_PrunerThatGoesByIt_IsTold(string pruner, bool tells)
    {
        var told = SearchPlan.Of(StudyBench.Spec() with { Pruner = new TunerSpec(pruner), LastStep = 81 }).Pruner;
        var same = SearchPlan.Of(StudyBench.Spec() with { Pruner = new TunerSpec(pruner) { Settings = tells ? new Dictionary<string, double> { ["lastStep"] = 81 } : [] } }).Pruner;

        Assert.Equivalent(same, told, strict: true);
        Assert.Equal(pruner is "none", told is NoPruner);
    }

    [Fact]
    public void LastStep_SaidTwiceOrOutside_IsRefused()
    {
        var twice = StudyBench.Spec() with { LastStep = 81, Pruner = new TunerSpec("hyperband") { Settings = new Dictionary<string, double> { ["lastStep"] = 27 } } };

        Assert.Equal("lastStep", Assert.Single(Assert.Throws<ServerlessException>(() => SearchPlan.Of(twice)).Errors).Path);
        Assert.Equal("lastStep", Assert.Single(Assert.Throws<ServerlessException>(() => SearchPlan.Of(StudyBench.Spec() with { LastStep = 0 })).Errors).Path);
    }

    /// <summary>By the study's last step the first trial that is bad is given up; without it nothing is known until one is complete.</summary>
    [Theory]
    [InlineData(81, true)]
    [InlineData(null, false)]
    public async Task LastStep_AshaFromTheFirstTrials_GivesUp(int? lastStep, bool pruned)
    {
        await using var bench = new Bench(new() { Name = "local", MaxNodes = 20 });
        var studies = new StudyBench(bench);
        var spec = StudyBench.Spec(trials: 4, parallelism: 4) with { LastStep = lastStep, Pruner = new TunerSpec("successive-halving") };
        var id = (await studies.SubmitAsync(spec)).Id;

        var study = await studies.EndOfAsync(id, async job =>
        {
            var loss = job.Trial!.Number + 1.0;
            if (job.Points < 81)
                await studies.ReportAsync(job, ("loss", loss, job.Points + 1));
            else
                await studies.ExitAsync(job, JobReason.Completed, ("loss", loss));
        }, () =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        });

        Assert.Equal(pruned, study.Trials.Pruned > 0);
    }
}
