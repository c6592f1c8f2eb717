using System.Net;
using System.Text.Json.Serialization.Metadata;
using Serverless.Contracts;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Functions.Tests.Api;

/// <summary>Experiments over HTTP: members, what is said of them, and who may say it.</summary>
public sealed class ExperimentTests
{
    private const string Study = """
        {"experiment":"digits","job":{"program":{"algorithm":"a"}},"objectives":[{"metric":"loss"}],"limits":{"trials":3},
         "space":{"parameters":[{"name":"x","type":"float","low":0,"high":1}]}}
        """;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Experiment_JobsAndAStudy_AreListedCountedAndShown()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await SubmitAsync(host, "digits", "--l2", "0.1", "--api-key", "hush");
        await SubmitAsync(host, "other");
        var second = await SubmitAsync(host, "digits", "--l2=1");
        using var study = await host.Http.PostAsync(Routes.Studies, ApiHost.Json(Study), Cancel);
        var studyId = (await ApiHost.ReadAsync(study, ContractsJson.Default.Study, HttpStatusCode.Created)).Id;

        var list = await GetAsync(host, Routes.Experiments + "?contains=IGI", ContractsJson.Default.ExperimentPage);
        var experiment = Assert.Single(list.Items);
        Assert.Equal(("digits", 2, 1, 3), (experiment.Name, experiment.Jobs, experiment.Studies, experiment.Running));

        var runs = await GetAsync(host, Routes.Fill(Routes.ExperimentRuns, "digits"), ContractsJson.Default.ExperimentRunPage);
        Assert.Equal([studyId, second.Id, first.Id], runs.Items.Select(run => run.Id));
        Assert.Equal([RunKind.Study, RunKind.Job, RunKind.Job], runs.Items.Select(run => run.Kind));
        Assert.Equal(("0.1", "***", "algorithm:a"), (runs.Items[2].Parameters["l2"][0], runs.Items[2].Parameters["api-key"][0], runs.Items[2].Program));
        Assert.Null(runs.Next);
        Assert.Equal("digits", first.Spec.Experiment);
    }

    [Fact]
    public async Task Runs_PageByPage_EveryRunOnce()
    {
        await using var host = await ApiHost.StartAsync();
        for (var i = 0; i < 5; i++)
            await SubmitAsync(host, "digits");
        using var study = await host.Http.PostAsync(Routes.Studies, ApiHost.Json(Study), Cancel);

        for (var limit = 1; limit <= 7; limit++)
        {
            var seen = new List<string>();
            string? after = null;
            do
            {
                var query = $"?limit={limit}&trials=true" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
                var page = await GetAsync(host, Routes.Fill(Routes.ExperimentRuns, "digits") + query, ContractsJson.Default.ExperimentRunPage);
                Assert.True(page.Items.Count <= limit);
                seen.AddRange(page.Items.Select(run => run.Id));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal((6, 6), (seen.Count, seen.Distinct().Count()));
        }
    }

    [Fact]
    public async Task Change_TwoAtOnce_NeitherIsLost()
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "digits");
        var read = await GetAsync(host, Routes.Fill(Routes.Experiment, "digits"), ContractsJson.Default.ExperimentSummary);

        var ours = await PatchAsync(host, """{"description":"ours","tags":{"team":"a"}}""", read.ETag);
        using (var late = await SendPatchAsync(host, """{"description":"theirs"}""", read.ETag))
            await ApiHost.ProblemAsync(late, 409, ProblemCodes.Conflict);
        var theirs = await PatchAsync(host, """{"description":"theirs","tags":{"city":"b"}}""", null);
        Assert.Equal(("theirs", "a", "b"), (theirs.Description, theirs.Tags["team"], theirs.Tags["city"]));
        Assert.NotEqual(ours.ETag, theirs.ETag);
        Assert.DoesNotContain("team", (await PatchAsync(host, """{"tags":{"team":""}}""", null)).Tags.Keys);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => NoteAsync(host, $"note {i}", null)));
        await NoteAsync(host, "once", "key");
        await NoteAsync(host, "once", "key");
        var notes = (await GetAsync(host, Routes.Fill(Routes.ExperimentNotes, "digits"), ContractsJson.Default.ExperimentNotePage)).Items;
        Assert.Equal(
            [.. Enumerable.Range(0, 8).Select(i => $"note {i}"), "once", "The description was: ours"],
            notes.Select(note => note.Text).OrderBy(text => text, StringComparer.Ordinal).OrderBy(text => text[0] switch { 'n' => 0, 'o' => 1, _ => 2 }));
        Assert.All(notes, note => Assert.Equal("admin", note.By));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"description":"a\u0007b"}""")]
    [InlineData("""{"description":"a\u202eb"}""")]
    [InlineData("""{"tags":{"Team":"a"}}""")]
    [InlineData("""{"tags":{"team":"a\nb"}}""")]
    [InlineData("""{"tags":{"../x":"a"}}""")]
    [InlineData("""{"tags":{"team":null}}""")]
    public async Task Change_Wrong_IsRefused(string body)
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "digits");
        using var refused = await SendPatchAsync(host, body, null);
        await ApiHost.ProblemAsync(refused, 400, ProblemCodes.Invalid);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("Digits")]
    [InlineData("")]
    [InlineData("-rf")]
    [InlineData("a\u202eb")]
    [InlineData("a\u0000b")]
    [InlineData("раураl")]
    public async Task Submit_HostileExperiment_IsRefusedAndMakesNone(string name)
    {
        await using var host = await ApiHost.StartAsync();
        var spec = new JobSpec { Program = new ProgramSpec { Algorithm = "a" }, Experiment = name };
        using var refused = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json(spec, ContractsJson.Default.JobSpec), Cancel);
        var problem = await ApiHost.ProblemAsync(refused, 400, ProblemCodes.Invalid);
        Assert.Equal("experiment", Assert.Single(problem.Errors!).Path);
        Assert.Empty((await GetAsync(host, Routes.Experiments, ContractsJson.Default.ExperimentPage)).Items);
    }

    [Fact]
    public async Task Submit_StudyWhoseJobNamesAnotherExperiment_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        using var refused = await host.Http.PostAsync(Routes.Studies, ApiHost.Json(Study.Replace("{\"program\"", "{\"experiment\":\"other\",\"program\"")), Cancel);
        var problem = await ApiHost.ProblemAsync(refused, 400, ProblemCodes.Invalid);
        Assert.Equal("job.experiment", Assert.Single(problem.Errors!).Path);
    }

    [Theory]
    [InlineData("GET", "/api/v1/experiments/none")]
    [InlineData("GET", "/api/v1/experiments/none/runs")]
    [InlineData("GET", "/api/v1/experiments/none/notes")]
    [InlineData("GET", "/api/v1/experiments/..%2Fx/runs")]
    [InlineData("GET", "/api/v1/experiments/NONE")]
    public async Task Experiment_NotThere_IsNotFound(string method, string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Http.SendAsync(request, Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    [Theory]
    [InlineData("?after=x")]
    [InlineData("?after=job~x")]
    [InlineData("?kind=7")]
    [InlineData("?trials=yes")]
    public async Task Runs_WrongQuery_IsRefused(string query)
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "digits");
        using var answer = await host.Http.GetAsync(Routes.Fill(Routes.ExperimentRuns, "digits") + query, Cancel);
        await ApiHost.ProblemAsync(answer, 400, ProblemCodes.Invalid);
    }

    [Fact]
    public async Task Change_ByAReader_IsForbidden()
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "digits");
        using var reader = host.WithKey(ApiHost.ReaderKey);
        using var patch = await reader.PatchAsync(Routes.Fill(Routes.Experiment, "digits"), ApiHost.Json("""{"description":"x"}"""), Cancel);
        using var note = await reader.PostAsync(Routes.Fill(Routes.ExperimentNotes, "digits"), ApiHost.Json("""{"text":"x"}"""), Cancel);
        using var shown = await reader.GetAsync(Routes.Fill(Routes.Experiment, "digits"), Cancel);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (patch.StatusCode, note.StatusCode, shown.StatusCode));
    }

    private static async Task<Job> SubmitAsync(ApiHost host, string experiment, params string[] arguments)
    {
        var spec = new JobSpec { Program = new ProgramSpec { Algorithm = "a" }, Experiment = experiment, Arguments = arguments };
        using var made = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json(spec, ContractsJson.Default.JobSpec), Cancel);
        return await ApiHost.ReadAsync(made, ContractsJson.Default.Job, HttpStatusCode.Created);
    }

    private static async Task<T> GetAsync<T>(ApiHost host, string path, JsonTypeInfo<T> type)
    {
        using var answer = await host.Http.GetAsync(path, Cancel);
        return await ApiHost.ReadAsync(answer, type);
    }

    private static async Task<ExperimentSummary> PatchAsync(ApiHost host, string body, string? eTag)
    {
        using var answer = await SendPatchAsync(host, body, eTag);
        return await ApiHost.ReadAsync(answer, ContractsJson.Default.ExperimentSummary);
    }

    private static async Task<HttpResponseMessage> SendPatchAsync(ApiHost host, string body, string? eTag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, Routes.Fill(Routes.Experiment, "digits")) { Content = ApiHost.Json(body) };
        if (eTag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{eTag}\"");
        return await host.Http.SendAsync(request, Cancel);
    }

    private static async Task NoteAsync(ApiHost host, string text, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Routes.Fill(Routes.ExperimentNotes, "digits"))
        {
            Content = ApiHost.Json(new ExperimentNoteRequest(text), ContractsJson.Default.ExperimentNoteRequest),
        };
        if (key is not null)
            request.Headers.Add(ApiNames.IdempotencyKey, key);
        using var answer = await host.Http.SendAsync(request, Cancel);
        await ApiHost.ReadAsync(answer, ContractsJson.Default.ExperimentNote, HttpStatusCode.Created);
    }
}
