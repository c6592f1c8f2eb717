using System.Net;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;

namespace Serverless.Functions.Tests.Api;

/// <summary>Studies over HTTP; how they run is tested with the workflows.</summary>
public sealed class StudyTests
{
    private const string Body = """
        {"job":{"program":{"algorithm":"a"}},"objectives":[{"metric":"loss"}],"limits":{"trials":3},
         "space":{"parameters":[{"name":"x","type":"float","low":0,"high":1},{"name":"kind","type":"categorical","choices":["a",2,true]}]}}
        """;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Study_SubmittedShownListedResizedStopped()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await PostAsync(host, Routes.Studies, Body, HttpStatusCode.Created);
        var shown = await ReadAsync(host, Routes.Fill(Routes.Study, made.Id));
        Assert.Equal((made.Id, StudyStatus.Running, 3, "auto"), (shown.Id, shown.Status, shown.Spec.Limits.Trials, shown.Spec.Sampler.Name));
        Assert.Equal(["a", "2", "true"], shown.Spec.Space.Parameters[1].Choices!.Select(choice => choice.ToString()));

        using var list = await host.Http.GetAsync(Routes.Studies + "?contains=A&status=running", Cancel);
        Assert.Equal(made.Id, Assert.Single((await ApiHost.ReadAsync(list, ContractsJson.Default.StudyPage)).Items).Id);
        using var trials = await host.Http.GetAsync(Routes.Fill(Routes.StudyTrials, made.Id), Cancel);
        Assert.Empty((await ApiHost.ReadAsync(trials, ContractsJson.Default.StudyTrialPage)).Items);

        var resized = await PostAsync(host, Routes.Fill(Routes.StudyResize, made.Id), """{"trials":9,"parallelism":4}""", HttpStatusCode.OK);
        Assert.Equal((9, 4), (resized.Spec.Limits.Trials, resized.Spec.Limits.Parallelism));
        await PostAsync(host, Routes.Fill(Routes.StudyStop, made.Id), null, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Resume_StudyThatRuns_IsAConflict()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await PostAsync(host, Routes.Studies, Body, HttpStatusCode.Created);
        using var refused = await host.Http.PostAsync(Routes.Fill(Routes.StudyResume, made.Id), ApiHost.Json("""{"trials":9}"""), Cancel);
        var problem = await ApiHost.ProblemAsync(refused, 409, ProblemCodes.Conflict);
        Assert.Contains("only one that has ended is resumed", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_Wrong_EveryErrorWithItsPath()
    {
        await using var host = await ApiHost.StartAsync();
        using var refused = await host.Http.PostAsync(Routes.Studies, ApiHost.Json("""
            {"job":{"program":{}},"objectives":[],"limits":{"trials":0},"space":{"parameters":[{"name":"x","type":"int","low":0.5,"high":1}]},"pruner":{"name":"sharp"}}
            """), Cancel);
        var paths = (await ApiHost.ProblemAsync(refused, 400, ProblemCodes.Invalid)).Errors!.Select(error => error.Path).ToList();
        Assert.All(["objectives", "limits.trials", "space.parameters[0].low", "pruner.name"], path => Assert.Contains(path, paths));
        Assert.Contains(paths, path => path.StartsWith("job.program", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/api/v1/studies/study-none")]
    [InlineData("GET", "/api/v1/studies/study-none/trials")]
    [InlineData("POST", "/api/v1/studies/study-none/stop")]
    [InlineData("GET", "/api/v1/studies/..%2Fx")]
    public async Task Study_NotThere_IsNotFoundOrRefused(string method, string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Http.SendAsync(request, Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    /// <summary>An editor has no key, and asks again and again.</summary>
    [Fact]
    public async Task Schema_WithoutAKey_IsGivenAndMayBeKept()
    {
        await using var host = await ApiHost.StartAsync();
        using var nobody = host.WithKey(null);
        using var answer = await nobody.GetAsync(Routes.StudySchema, Cancel);
        Assert.Equal((HttpStatusCode.OK, "application/schema+json", true), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.Public));
        Assert.Equal(StudySchema.Json.ToArray(), await answer.Content.ReadAsByteArrayAsync(Cancel));

        using var again = new HttpRequestMessage(HttpMethod.Get, Routes.StudySchema) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        using var same = await nobody.SendAsync(again, Cancel);
        Assert.Equal((HttpStatusCode.NotModified, 0), (same.StatusCode, (await same.Content.ReadAsByteArrayAsync(Cancel)).Length));
    }

    private static async Task<Study> PostAsync(ApiHost host, string path, string? body, HttpStatusCode expected)
    {
        using var answer = await host.Http.PostAsync(path, body is null ? null : ApiHost.Json(body), Cancel);
        return await ApiHost.ReadAsync(answer, ContractsJson.Default.Study, expected);
    }

    private static async Task<Study> ReadAsync(ApiHost host, string path)
    {
        using var answer = await host.Http.GetAsync(path, Cancel);
        return await ApiHost.ReadAsync(answer, ContractsJson.Default.Study);
    }
}
