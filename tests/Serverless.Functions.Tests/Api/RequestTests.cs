using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;

namespace Serverless.Functions.Tests.Api;

public sealed class RequestTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{\"program\":", "$")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("{\"program\":{\"command\":[1]}}", "$.program.command")]
    [InlineData("{\"program\":{},\"program\":{}}", "$")]
    [InlineData("{}", "$")]
    [InlineData("{\"program\":{},\"arguments\":null}", "$.arguments")]
    [InlineData("{\"program\":{}} tail", "$")]
    [InlineData("{\"program\":{},\"inputs\":[null]}", "inputs[0]")]
    [InlineData("{\"program\":{},\"metrics\":[{\"pattern\":\"(x)\"}]}", "metrics[0].name")]
    [InlineData("\ufeff{}", "$")]
    public async Task Json_ThatCannotBeRead_IsAProblemWithThePlace(string body, string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json(body), Cancel);
        var problem = await ApiHost.ProblemAsync(response, 400, ProblemCodes.Invalid);
        Assert.StartsWith(path, Assert.Single(problem.Errors!).Path);
        Assert.DoesNotMatch("System\\.|Serverless\\.", problem.Errors![0].Message);
        Assert.Empty(host.Workflows.Started);
    }

    [Fact]
    public async Task Json_Deep_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json("{\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}"), Cancel);
        await ApiHost.ProblemAsync(response, 400, ProblemCodes.Invalid);
    }

    [Fact]
    public async Task Job_WithManyErrors_TellsThemAllAtOnce()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json("""
            {"name":"\u202e","program":{},"inputs":[{"channel":"a b","dataset":"../x"}],"limits":{"maxAttempts":0},"model":{"name":"UP","file":"../m.onnx"}}
            """), Cancel);
        var problem = await ApiHost.ProblemAsync(response, 400, ProblemCodes.Invalid);
        var paths = problem.Errors!.Select(error => error.Path).ToList();
        foreach (var path in new[] { "name", "program", "inputs[0].channel", "inputs[0].dataset", "limits.maxAttempts", "model.name", "model.file" })
            Assert.Contains(paths, there => there.StartsWith(path, StringComparison.Ordinal));
        Assert.All(problem.Errors!, error => Assert.NotEmpty(error.Cure));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task Body_OfAnotherType_IsUnsupported(string? type)
    {
        await using var host = await ApiHost.StartAsync();
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var response = await host.Http.PostAsync(Routes.Jobs, content, Cancel);
        await ApiHost.ProblemAsync(response, 415, ProblemCodes.UnsupportedMediaType);
    }

    [Fact]
    public async Task Body_Compressed_IsUnsupportedBeforeItIsRead()
    {
        await using var host = await ApiHost.StartAsync();
        var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync(new byte[10_000_000], Cancel);
        var content = new ByteArrayContent(bomb.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await host.Http.PostAsync(Routes.Jobs, content, Cancel);
        await ApiHost.ProblemAsync(response, 415, ProblemCodes.UnsupportedMediaType);
    }

    [Fact]
    public async Task Body_OverTheLimitByItsLength_IsTooLarge()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await AccessTests.RawAsync(host,
            $"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ApiHost.AdminKey}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n{{");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("too_large", answer);
    }

    [Fact]
    public async Task Body_OverTheLimitInChunksWithoutEnd_IsTooLarge()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await AccessTests.RawAsync(host,
            $"POST /api/v1/endpoints/digits/deployments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ApiHost.AdminKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"10001\r\n{new string(' ', 0x10001)}\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("too_large", answer);
    }

    [Fact]
    public async Task Body_WhereNoneIsTaken_IsTooLarge()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.PostAsync(Routes.Fill(Routes.JobStop, "job-1"), ApiHost.Json("{}"), Cancel);
        await ApiHost.ProblemAsync(response, 413, ProblemCodes.TooLarge);
    }

    [Fact]
    public async Task Method_ThatThePathDoesNotHave_Is405WithThoseThatItHas()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.DeleteAsync(Routes.Jobs, Cancel);
        await ApiHost.ProblemAsync(response, 405, ProblemCodes.MethodNotAllowed);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Path_ThatIsNotThere_Is404WithoutEchoingWhatATerminalWouldActOn()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.GetAsync("/api/v1/nothing%E2%80%AE", Cancel);
        var problem = await ApiHost.ProblemAsync(response, 404, ProblemCodes.NotFound);
        Assert.DoesNotContain('\u202e', problem.Detail!);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Failure_ThatNobodyForesaw_Is500WithATraceIdAndNothingOfTheInside()
    {
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IPredictor, BrokenPredictor>());
        using var response = await host.Http.PostAsync(Routes.Fill(Routes.Predict, "digits"), ApiHost.Json("{}"), Cancel);
        var problem = await ApiHost.ProblemAsync(response, 500, ProblemCodes.Internal);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(Cancel));
        var line = Assert.Single(host.Log.Lines, line => line.Text.Contains("secret inside", StringComparison.Ordinal));
        Assert.Contains(problem.TraceId!, line.Text);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=1e2")]
    [InlineData("limit=%2B5")]
    [InlineData("status=nothing")]
    [InlineData("status=1")]
    [InlineData("status=running,failed")]
    [InlineData("after=nonsense")]
    [InlineData("limit=5&limit=6")]
    public async Task Query_ThatIsWrong_IsAProblem(string query)
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.GetAsync($"{Routes.Jobs}?{query}", Cancel);
        await ApiHost.ProblemAsync(response, 400, ProblemCodes.Invalid);
    }

    [Fact]
    public async Task Ready_NamesEachPart()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.GetAsync(Routes.Ready, Cancel);
        var health = await ApiHost.ReadAsync(response, ContractsJson.Default.Health);
        Assert.Equal("ready", health.Status);
        Assert.Equal(["artifacts", "compute", "documents", "workflows"], health.Checks.Keys.Order());
    }

    [Fact]
    public async Task Ready_PartThatFails_Is503AndNamesIt()
    {
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton(new Serverless.Api.Hosts.ReadinessCheck("disk", _ => throw new InvalidOperationException("/secret/path"))));
        using var response = await host.Http.GetAsync(Routes.Ready, Cancel);
        var health = await ApiHost.ReadAsync(response, ContractsJson.Default.Health, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("failing", health.Status);
        Assert.DoesNotContain("secret", health.Checks["disk"]);
    }

    [Fact]
    public async Task Predict_CarriesBodyAndHeadersBothWays()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.WithKey(ApiHost.PredictKey);
        var content = new StringContent("a,b\n1,2\n", Encoding.UTF8, "text/csv");
        content.Headers.TryAddWithoutValidation("Inference-Header-Content-Length", "12");
        using var response = await client.PostAsync(Routes.Fill(Routes.Predict, "digits"), content, Cancel);
        Assert.Equal("a,b\n1,2\n", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(7, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        var (endpoint, request) = Assert.Single(host.Predictor.Calls);
        Assert.Equal(("digits", "text/csv; charset=utf-8", "12"), (endpoint, request.ContentType, request.InferenceHeaderContentLength));
        using var bad = await client.PostAsync(Routes.Fill(Routes.Predict, "DIGITS"), ApiHost.Json("{}"), Cancel);
        await ApiHost.ProblemAsync(bad, 404, ProblemCodes.NotFound);
    }

    private sealed class BrokenPredictor : IPredictor
    {
        public Task<WireReply> InferAsync(string endpoint, WireRequest request, CancellationToken cancel) => throw new InvalidOperationException("secret inside");

        public Task<WireReply> PredictAsync(string endpoint, WireRequest request, CancellationToken cancel) => throw new InvalidOperationException("secret inside");

        public Task<WireReply> MetadataAsync(string endpoint, CancellationToken cancel) => throw new InvalidOperationException("secret inside");

        public Task<WireReply> ReadyAsync(string endpoint, CancellationToken cancel) => throw new InvalidOperationException("secret inside");
    }
}
