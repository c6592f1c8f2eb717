using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Values;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

/// <summary>What a study found, as people see it.</summary>
public sealed class StudyFindingTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private static readonly ObjectiveSpec Loss = new() { Metric = "loss" };

    private static readonly StudyImportance Importance = new()
    {
        StudyId = "study-1",
        Objective = "loss",
        Method = ImportanceMethod.Fanova,
        Trials = 1_200,
        Infinite = 3,
        MostLearnt = 1_000,
        Fit = 0.8125,
        Parameters =
        [
            new("learning_rate", 0.8, 0.6, 1_200) { Spread = 0.041 },
            new("momentum", 0.199, 0.15, 600) { Spread = 0.02 },
            new("a_parameter_with_a_very_long_name_that_needs_room", 0.001, 0.0004, 1_200) { Spread = 0.0001 },
        ],
        Pairs = [new("learning_rate", "momentum", 0.12, 600)],
        Unranked = [new("epochs", UnrankedReason.Constant, 1_200), new("rare", UnrankedReason.FewTrials, 4)],
    };

    [Fact]
    public async Task Importance_Text_BarsFitTheWidth()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.StudyImportance, Importance, ContractsJson.Default.StudyImportance);

        var run = await CliRun.AsAsync(api, "study", "importance", "study-1", "--pairs");

        Assert.Equal("/api/v1/studies/study-1/importance?method=fanova&pairs=true", Assert.Single(api.Requests).Path);
        Same("study-importance", run);
    }

    [Fact]
    public async Task Importance_PoorFit_IsSaid()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.StudyImportance, Importance with { Fit = -0.2, MostLearnt = 1_200 }, ContractsJson.Default.StudyImportance);

        Assert.Contains("Take this with care: the trees explain nothing", (await CliRun.AsAsync(api, "study", "importance", "study-1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importance_TooFewTrials_SaysHowManyAreNeeded()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.Refuse("GET", Routes.StudyImportance, 409, ProblemCodes.Conflict, "The study 'study-1' has 4 complete trials with a finite value of 'loss'; importance needs 10.", "Ask again when more trials have ended.");

        var run = await CliRun.AsAsync(api, "study", "importance", "study-1", "--method", "ped-anova");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("needs 10", run.Error, StringComparison.Ordinal);
        Assert.Contains("method=pedAnova", Assert.Single(api.Requests).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method", "fanva", "Did you mean 'fanova'?")]
    [InlineData("--method", "shap", "Give fanova or ped-anova.")]
    [InlineData("--objective", "los", "Did you mean 'loss'?")]
    public async Task Importance_WrongWord_SaysTheNearest(string option, string value, string cure)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.Study, AStudy(), ContractsJson.Default.Study);

        var run = await CliRun.AsAsync(api, "study", "importance", "study-1", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(cure, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importance_SeveralWrongWords_SaysAll()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.Study, AStudy(), ContractsJson.Default.Study);

        var run = await CliRun.AsAsync(api, "study", "importance", "study-1", "--method", "pedanova", "--objective", "lossy");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Did you mean 'ped-anova'?", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'loss'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_Text_DrawsAndListsWhatImproved()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        double[] values = [9, 4, double.PositiveInfinity, 5, 2, 2.5, 1.5, 100, 1.75, 1.25];
        var best = double.PositiveInfinity;
        var items = values.Select((value, i) =>
        {
            var improved = value < best;
            best = Math.Min(best, value);
            return new EndedTrial
            {
                Order = i + 1,
                Number = i,
                Status = TrialStatus.Complete,
                Values = [value],
                Best = [best],
                Improved = improved,
                OnFront = i == 9,
                Seconds = 12.5 * (i + 1),
                RanSeconds = 11,
                Cost = 0.01m,
                CostSoFar = 0.01m * (i + 1),
            };
        }).ToList();
        items.Add(new EndedTrial { Order = 11, Number = 10, Status = TrialStatus.Pruned, Best = [best], CostSoFar = 0.1m });
        api.On("GET", Routes.StudyHistory, new StudyHistory { Objectives = [Loss], Trials = 11, Items = items }, ContractsJson.Default.StudyHistory);

        Same("study-history", await CliRun.AsAsync(api, "study", "history", "study-1"));
        Same("study-history-all", await CliRun.AsAsync(api, "study", "history", "study-1", "--all"));
    }

    [Fact]
    public async Task History_SeveralObjectives_ListsTheFrontWithVolumes()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        EndedTrial[] items =
        [
            new() { Order = 1, Number = 0, Status = TrialStatus.Complete, Values = [0.5, 3], Best = [0.5, 3], Improved = true, OnFront = true, Hypervolume = 0.25, CostSoFar = 0.5m, Seconds = 3 },
            new() { Order = 2, Number = 2, Status = TrialStatus.Failed, Best = [0.5, 3], Hypervolume = 0.25, CostSoFar = 1, Seconds = 4 },
            new() { Order = 3, Number = 1, Status = TrialStatus.Complete, Values = [0.75, 9], Best = [0.5, 9], Improved = true, OnFront = true, Hypervolume = 1.5, CostSoFar = 1.5m, Seconds = 5 },
        ];
        api.On("GET", Routes.StudyHistory, new StudyHistory { Objectives = [Loss, new ObjectiveSpec { Metric = "size", Direction = ObjectiveDirection.Maximize }], Trials = 3, Items = items }, ContractsJson.Default.StudyHistory);

        Same("study-history-front", await CliRun.AsAsync(api, "study", "history", "study-1", "--objective", "size"));
        var wrong = await CliRun.AsAsync(api, "study", "history", "study-1", "--objective", "sizes");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("'size'", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_NoTrialEnded_SaysSo()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.StudyHistory, new StudyHistory { Objectives = [Loss], Trials = 0, Items = [] }, ContractsJson.Default.StudyHistory);

        var run = await CliRun.AsAsync(api, "study", "history", "study-1");

        Assert.Equal((0, "", "No trial of the study has ended yet.\n"), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task Curves_Text_AllOnOneScale()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        var whole = Enumerable.Range(0, 40).ToArray();
        TrialCurve[] curves =
        [
            new() { Number = 0, Status = TrialStatus.Complete, Steps = [.. whole.Select(i => (long)i)], Values = [.. whole.Select(i => 1.0 / (i + 1))], Points = 40, Value = 0.025 },
            new() { Number = 1, Status = TrialStatus.Pruned, Steps = [0, 1, 2, 3, 9], Values = [0.9, double.NaN, 0.85, 0.8, 0.8], Points = 5 },
            new() { Number = 2, Status = TrialStatus.Running, Steps = [], Values = [], Points = 0 },
        ];
        api.On("GET", Routes.Study, AStudy(), ContractsJson.Default.Study);
        api.On("GET", Routes.StudyCurves, new Page<TrialCurve>(curves, null), ContractsJson.Default.TrialCurvePage);

        Same("study-curves", await CliRun.AsAsync(api, "study", "curves", "study-1"));
    }

    [Fact]
    public async Task Parallel_Text_ShowsAllAndTheBestTenth()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.StudyParallel, Coordinates(), ContractsJson.Default.ParallelCoordinates);

        Same("study-parallel", await CliRun.AsAsync(api, "study", "parallel", "study-1"));
    }

    [Fact]
    public async Task Parallel_Csv_HasEveryTrialAndNoFormulas()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.StudyParallel, Coordinates(), ContractsJson.Default.ParallelCoordinates);
        using var folder = new TempFolder();

        var run = await CliRun.InAsync(api, folder.Path, "study", "parallel", "study-1", "--csv", "out/trials.csv");

        Assert.Equal((0, folder["out/trials.csv"] + "\n"), (run.ExitCode, run.Out));
        var lines = await File.ReadAllLinesAsync(folder["out/trials.csv"], Cancel);
        Assert.Equal("trial,status,lr,\"kind,of\",depth,loss", lines[0]);
        Assert.Equal("0,complete,0.001,'=sum(1),,0", lines[1]);
        Assert.Equal("1,pruned,0.01,b,2,", lines[2]);
        Assert.Equal(21, lines.Length);
        Assert.StartsWith("trial,status,", (await CliRun.InAsync(api, folder.Path, "study", "parallel", "study-1", "--csv", "-")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history", "items")]
    [InlineData("parallel", "axes")]
    public async Task Findings_Json_IsTheWireForm(string command, string member)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.StudyHistory, new StudyHistory { Objectives = [Loss], Trials = 0, Items = [] }, ContractsJson.Default.StudyHistory);
        api.On("GET", Routes.StudyParallel, Coordinates(), ContractsJson.Default.ParallelCoordinates);

        var run = await CliRun.AsAsync(api, "study", command, "study-1", "-o", "json");

        Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(run.Out)![member]);
    }

    private static void Same(string name, CliRun run)
    {
        Assert.Equal(0, run.ExitCode);
        Assert.All((run.Out + run.Error).Split('\n').Where(line => !line.Contains(". ", StringComparison.Ordinal) && !line.EndsWith('.')), line => Assert.InRange(line.Length, 0, 80));
        GoldenFile.Same("text/" + name, run.Out + "--- stderr\n" + run.Error);
    }

    private static Study AStudy() => new()
    {
        Id = "study-1",
        Name = "search",
        Status = StudyStatus.Running,
        Trials = new(0, 0, 0, 0, 0),
        CreatedAt = DateTimeOffset.UnixEpoch,
        Spec = new StudySpec { Job = new JobSpec { Program = new ProgramSpec { Algorithm = "a" } }, Space = new SpaceSpec { Parameters = [] }, Objectives = [Loss] },
    };

    private static ParallelCoordinates Coordinates() => new()
    {
        Axes =
        [
            new() { Name = "lr", Kind = AxisKind.Number, Low = 0.001, High = 1, Log = true },
            new() { Name = "kind,of", Kind = AxisKind.Choice, Choices = ["=sum(1)", "b", "c"] },
            new() { Name = "depth", Kind = AxisKind.Number, Low = 1, High = 3, Step = 1, Conditional = true },
            new() { Name = "loss", Kind = AxisKind.Objective, Low = 0, High = 19, Direction = ObjectiveDirection.Minimize },
        ],
        Trials = 20,
        Lines =
        [
            .. Enumerable.Range(0, 20).Select(i => new ParallelLine
            {
                Number = i,
                Status = i == 1 ? TrialStatus.Pruned : TrialStatus.Complete,
                Positions = [i % 4 / 3.0, i % 3 / 2.0, i % 3 == 0 ? null : 0.5, i == 1 ? null : i / 19.0],
                Values = [Math.Round(Math.Pow(10, i % 4 - 3), 3), i % 3 == 0 ? "=sum(1)" : i % 3 == 1 ? "b" : "c", i % 3 == 0 ? (ScalarValue?)null : 2, i == 1 ? (ScalarValue?)null : i],
            }),
        ],
    };
}
