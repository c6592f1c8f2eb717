using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Api;
using Serverless.Api.EndpointHosts;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Core.Documents;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Functions.Tests.Api;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.EndpointHosts;

public sealed class InferenceRoutesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The Functions host answers these paths itself; the catch-all must never stand for them.</summary>
    [Fact]
    public void Routes_OfBothApps_LeaveTheHostsOwnPathsAlone()
    {
        foreach (var route in ApiRoutes.All.Rows.Concat(InferenceRoutes.All.Rows))
        {
            Assert.False(route.Template.StartsWith("/admin", StringComparison.OrdinalIgnoreCase), route.Template);
            Assert.False(route.Template.StartsWith("/runtime", StringComparison.OrdinalIgnoreCase), route.Template);
            Assert.NotEqual('{', route.Template[1]);
        }
    }

    [Fact]
    public async Task InferenceApp_AnythingButPredictions_IsNotThere()
    {
        await using var app = await InferenceApp.StartAsync(new StubEndpointHost(), new StubPredictor());
        using var http = await ClientAsync(app);
        foreach (var path in (string[])[Routes.Jobs, Routes.Models, Routes.Endpoints, Routes.OpenApi, "/admin/host/status", "/runtime/webhooks/durabletask/instances"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Routes.Live, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Routes.Ready, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(Routes.AgentHello, null, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData(EndpointHostPaths.Prepare, "m", "1")]
    [InlineData(EndpointHostPaths.Probe, "m", "1")]
    [InlineData(EndpointHostPaths.Drain, "m", "1")]
    [InlineData(EndpointHostPaths.Route, "e", null)]
    public async Task InternalRoute_WithoutTheLinksKey_IsRefused(string template, string name, string? version)
    {
        await using var app = await InferenceApp.StartAsync(new StubEndpointHost(), new StubPredictor());
        using var http = new HttpClient { BaseAddress = app.Address };
        var path = version is null ? Routes.Fill(template, name) : Routes.Fill(template, name, version);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync(path, null, Cancel)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key-00000000000000000000.AAAA");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync(path, null, Cancel)).StatusCode);
    }

    [Fact]
    public async Task LinkKey_NearItsEnd_IsMadeAnew_AndOldOnesAreRemoved()
    {
        var clock = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await InferenceApp.StartAsync(new StubEndpointHost(), new StubPredictor(), clock);
        var first = await app.Key.GetAsync(Cancel);
        Assert.Equal(first, await app.Key.GetAsync(Cancel));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.NotEqual(first, await app.Key.GetAsync(Cancel));
    }

    [Fact]
    public async Task Prediction_ByTheControlApp_CarriesBodiesStatusAndHeaders()
    {
        await using var app = await InferenceApp.StartAsync(new StubEndpointHost(), new StubPredictor());
        var reply = await app.Predictor.PredictAsync("digits", new WireRequest { Body = new MemoryStream(Encoding.UTF8.GetBytes("a\n1\n")), ContentType = "text/csv" }, Cancel);
        Assert.Equal(200, reply.Status);
        Assert.Equal("a\n1\n", Encoding.UTF8.GetString(reply.Body.Span));
        Assert.Contains(KeyValuePair.Create("Retry-After", "7"), reply.Headers);
        Assert.Equal(200, (await app.Predictor.ReadyAsync("digits", Cancel)).Status);
        Assert.Equal(404, (await app.Predictor.ReadyAsync("no such name", Cancel)).Status);
    }

    [Fact]
    public async Task InferenceApp_Gone_IsUnavailableAndMayBeTriedAgain()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}");
        closed.Stop();
        await using var control = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IDocumentStore>(new MemoryDocumentStore()).AddRemoteInference(address).BuildServiceProvider();

        var error = await Assert.ThrowsAsync<ServerlessException>(() => control.GetRequiredService<IEndpointHost>().RouteAsync("e", Cancel));
        Assert.Equal((ProblemCodes.Unavailable, true), (error.Code, error.Retryable));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Model_WhoseVersionIsNone_IsRefusedWithTheAppsWords(int version)
    {
        await using var app = await InferenceApp.StartAsync(new StubEndpointHost(), new StubPredictor());
        var error = await Assert.ThrowsAsync<ServerlessException>(() => app.Host.ProbeAsync(new EndpointModel("m", version), Cancel));
        Assert.Equal((ProblemCodes.Invalid, "version"), (error.Code, error.Errors.Single().Path));
    }

    private static async Task<HttpClient> ClientAsync(InferenceApp app)
    {
        var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await app.Key.GetAsync(Cancel));
        return http;
    }
}
