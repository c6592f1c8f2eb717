using System.Net;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;

namespace Serverless.Functions.Tests.Api;

/// <summary>What a study found, over HTTP; what is found is tested with the workflows.</summary>
public sealed class StudyFindingTests
{
    private const string Body = """
        {"job":{"program":{"algorithm":"a"}},"objectives":[{"metric":"loss"},{"metric":"size"}],"limits":{"trials":3},
         "space":{"parameters":[{"name":"x","type":"float","low":0.1,"high":1,"log":true},{"name":"kind","type":"categorical","choices":["a",2,true]}]}}
        """;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_StudyWithoutTrials_AreEmptyOrSayWhatIsNeeded()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await SubmitAsync(host);

        using var history = await host.Http.GetAsync(Routes.Fill(Routes.StudyHistory, id), Cancel);
        var read = await ApiHost.ReadAsync(history, ContractsJson.Default.StudyHistory);
        Assert.Equal((0, 0, 2), (read.Trials, read.Items.Count, read.Objectives.Count));
        using var curves = await host.Http.GetAsync(Routes.Fill(Routes.StudyCurves, id) + "?objective=size&points=4", Cancel);
        Assert.Empty((await ApiHost.ReadAsync(curves, ContractsJson.Default.TrialCurvePage)).Items);
        using var parallel = await host.Http.GetAsync(Routes.Fill(Routes.StudyParallel, id), Cancel);
        Assert.Equal([AxisKind.Number, AxisKind.Choice, AxisKind.Objective, AxisKind.Objective], (await ApiHost.ReadAsync(parallel, ContractsJson.Default.ParallelCoordinates)).Axes.Select(axis => axis.Kind));
        using var importance = await host.Http.GetAsync(Routes.Fill(Routes.StudyImportance, id) + "?method=pedAnova", Cancel);
        Assert.Contains("needs 10", (await ApiHost.ProblemAsync(importance, 409, ProblemCodes.Conflict)).Detail!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("importance?objective=los", "query.objective")]
    [InlineData("importance?method=shap", "query.method")]
    [InlineData("importance?method=shap&pairs=yes", "query.method", "query.pairs")]
    [InlineData("importance?method=pedAnova&pairs=true", "query.pairs")]
    [InlineData("history?limit=0&after=x", "query.limit")]
    [InlineData("curves?points=3&limit=1000", "query.limit", "query.points")]
    [InlineData("curves?objective=Loss", "query.objective")]
    [InlineData("parallel?lines=0", "query.lines")]
    public async Task Findings_WrongQuery_SaysEveryError(string query, params string[] paths)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Http.GetAsync($"{Routes.Fill(Routes.Study, await SubmitAsync(host))}/{query}", Cancel);
        Assert.Equal(paths, (await ApiHost.ProblemAsync(answer, 400, ProblemCodes.Invalid)).Errors!.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("history?after=2147483647")]
    [InlineData("curves?after=2147483646")]
    [InlineData("history?after=2147483646&limit=200")]
    public async Task Findings_PageBeyondTheEnd_IsEmptyOrRefused(string query)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Http.GetAsync($"{Routes.Fill(Routes.Study, await SubmitAsync(host))}/{query}", Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    [Theory]
    [InlineData("importance")]
    [InlineData("history")]
    [InlineData("curves")]
    [InlineData("parallel")]
    public async Task Findings_NoSuchStudy_IsNotFound(string what)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Http.GetAsync($"{Routes.Fill(Routes.Study, "study-none")}/{what}", Cancel);
        await ApiHost.ProblemAsync(answer, 404, ProblemCodes.NotFound);
    }

    private static async Task<string> SubmitAsync(ApiHost host)
    {
        using var made = await host.Http.PostAsync(Routes.Studies, ApiHost.Json(Body), Cancel);
        return (await ApiHost.ReadAsync(made, ContractsJson.Default.Study, HttpStatusCode.Created)).Id;
    }
}
