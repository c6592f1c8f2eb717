using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

/// <summary><c>study plan</c>, and what <c>study run</c> says before it goes on.</summary>
public sealed class StudyPlanTests : IDisposable
{
    private const string File = """
        objectives: [{ metric: loss }]
        space: { parameters: [{ name: x, type: float, low: 0, high: 1 }] }
        limits: { trials: 20, parallelism: 2 }
        job: { program: { algorithm: logistic-regression } }
        """;

    private readonly TempFolder folder = new();

    public StudyPlanTests() => System.IO.File.WriteAllText(Path.Combine(folder.Path, "study.yaml"), File);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task StudyPlan_AsText_IsTheGoldenFile()
    {
        await using var api = await ApiAsync();

        var run = await CliRun.InAsync(api, folder.Path, ["study", "plan", "--spec", "study.yaml", "--trial-time", "1m..5m", "--steps", "27", "--failure-rate", "5%", "--parallel", "4", "--max-cost", "12.5"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Same("text/study-plan", run.Out);
        var sent = Assert.Single(api.Requests).Read(ContractsJson.Default.StudyPlanRequest);
        Assert.Equal((60.0, 300.0, 27, 0.05, 4, 12.5m), (sent.TrialSeconds, sent.TrialSecondsTo, sent.Steps, sent.FailureRate, sent.Study.Limits.Parallelism, sent.Study.Limits.MaxCost));
    }

    [Fact]
    public async Task StudyPlan_WrongWords_AllAreSaidAndNothingIsSent()
    {
        await using var api = await ApiAsync();

        var run = await CliRun.InAsync(api, folder.Path, ["study", "plan", "--spec", "study.yaml", "--trial-time", "5m..1m", "--step-time", "soon", "--failure-rate", "200%", "--max-cost", "much"]);

        Assert.Equal(2, run.ExitCode);
        Assert.All(["--trial-time", "--step-time", "--failure-rate", "--max-cost"], option => Assert.Contains(option, run.Error, StringComparison.Ordinal));
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task StudyPlan_FolderOfCodeIsNotThere_IsRefused()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder.Path, "study.yaml"), File.Replace("algorithm: logistic-regression", "command: python3 train.py, code: ./src", StringComparison.Ordinal), Cancel);
        await using var api = await ApiAsync();

        var run = await CliRun.InAsync(api, folder.Path, ["study", "plan", "--spec", "study.yaml"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudyRun_SaysThePlanFirst_AndGoesOn()
    {
        await using var api = await ApiAsync();

        var run = await CliRun.InAsync(api, folder.Path, ["study", "run", "--spec", "study.yaml"]);

        Assert.Equal((0, "study-1\n"), (run.ExitCode, run.Out));
        Assert.Contains("Expected: 18 – 20 – 20 trials", run.Error, StringComparison.Ordinal);
        Assert.Contains("At most 144.30 USD", run.Error, StringComparison.Ordinal);
        Assert.Equal([Routes.StudyPlan, Routes.Studies], api.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task StudyRun_NoPlanCanBeMade_GoesOnWithoutAWord()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.Refuse("POST", Routes.StudyPlan, 404, ProblemCodes.NotFound, "There is nothing here.");
        api.On("POST", Routes.Studies, Made(), ContractsJson.Default.Study, 201);

        var run = await CliRun.InAsync(api, folder.Path, ["study", "run", "--spec", "study.yaml"]);

        Assert.Equal((0, "study-1\n"), (run.ExitCode, run.Out));
        Assert.DoesNotContain("Expected", run.Error, StringComparison.Ordinal);
    }

    private static async Task<FakeApi> ApiAsync()
    {
        var api = await FakeApi.StartAsync(Cancel);
        api.On("POST", Routes.StudyPlan, Plan(), ContractsJson.Default.StudyPlan);
        api.On("POST", Routes.Studies, Made(), ContractsJson.Default.Study, 201);
        return api;
    }

    private static Study Made() => new()
    {
        Id = "study-1",
        Name = "search",
        Status = StudyStatus.Running,
        Spec = new StudySpec { Job = new JobSpec { Program = new ProgramSpec() }, Space = new SpaceSpec { Parameters = [] }, Objectives = [] },
        Trials = new TrialCounts(0, 0, 0, 0, 0),
        CreatedAt = Examples.At,
    };

    private static StudyPlan Plan() => new()
    {
        Space = new PlanSpace(3, 1, null, 0.8, 0.95),
        Sampler = "auto: Chooses by itself.",
        Pruner = "median: Gives up a trial that is worse than the median of complete ones at the same step.",
        Placement = new JobPlacement
        {
            Pool = "gpu",
            Size = "Standard_NC4as_T4_v3",
            VCpus = 4,
            MemoryBytes = 28L << 30,
            PricePerHour = 0.526m,
            Currency = "USD",
            PriceSource = "a list",
            Region = "west",
            Estimate = new JobEstimate(1, 3, "USD", 1),
            Why = "Standard_NC4as_T4_v3: the only machine that fits t4:1.",
        },
        Trial = new PlanTrial { Source = PlanSource.Said, From = "as said: eight trials of ten take 60 to 300 s", Seconds = new PlanRange(60, 134, 300), Steps = 27 },
        Expected = new PlanForecast
        {
            Simulations = 40,
            EndsBy = StudyStopReason.Cost,
            EndsByShare = 0.75,
            Started = new PlanRange(18, 20, 20),
            Complete = new PlanRange(5, 6, 9),
            Pruned = new PlanRange(9, 13, 14),
            Failed = new PlanRange(0, 1, 2),
            Evictions = new PlanRange(0, 0, 1),
            Seconds = new PlanRange(1_500, 1_800, 2_300),
            NodeHours = new PlanRange(0.8, 1, 1.25),
            Cost = new PlanRange(0.4, 0.5, 0.62),
            MachineCost = new PlanRange(0.42, 0.526, 0.66),
        },
        Most = new PlanCeiling(144.30m, "20 trials, each with all its attempts to their limit of 86400 s (limits.trials, job.limits)"),
        Currency = "USD",
        Alternatives =
        [
            new PlanAlternative { Parallelism = 1, Pruner = "median", Size = "Standard_NC4as_T4_v3", PricePerHour = 0.526m, Complete = 6, Seconds = new PlanRange(3_000, 3_500, 4_500), Cost = new PlanRange(0.4, 0.5, 0.62), MachineCost = 0.51 },
            new PlanAlternative { IsAsked = true, Parallelism = 2, Pruner = "median", Size = "Standard_NC4as_T4_v3", PricePerHour = 0.526m, Complete = 6, Seconds = new PlanRange(1_500, 1_800, 2_300), Cost = new PlanRange(0.4, 0.5, 0.62), MachineCost = 0.526 },
            new PlanAlternative { Parallelism = 2, Pruner = "none", Size = "Standard_NC4as_T4_v3", Spot = true, PricePerHour = 0.2m, Complete = 20, Seconds = new PlanRange(4_000, 4_800, 6_300), Cost = new PlanRange(0.3, 0.35, 0.42), MachineCost = 0.36 },
        ],
        Assumptions = ["A trial's time is as said: eight trials of ten take 60 to 300 s."],
        Notes = ["Its limit on cost ends it before its 20 trials have begun: about 20 do."],
    };
}
