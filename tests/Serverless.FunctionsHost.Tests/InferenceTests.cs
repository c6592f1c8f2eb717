using System.Net;
using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Host;

namespace Serverless.FunctionsHost.Tests;

/// <summary>The app that only predicts: its own process, its own routes.</summary>
/// <param name="azure">What the app finds of Azure.</param>
public sealed class InferenceTests(AzureOnLoopback azure)
{
    private const string App = "Serverless.Functions.Inference";

    [Fact]
    public async Task App_Started_HasHttpAndNothingElse()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings, App);

        Assert.Equal(["http"], host.Functions.Keys);
    }

    [Theory]
    [InlineData("/v2/health/live", HttpStatusCode.OK)]
    [InlineData("/v2/models/nobody", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/jobs", HttpStatusCode.NotFound)] // the control app's, not ours
    public async Task Path_CalledByNobody_AnswersAsItsTableSays(string path, HttpStatusCode status)
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings, App);
        using var call = new HttpRequestMessage(HttpMethod.Get, path);

        using var response = await host.SendAsync("http", call);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Endpoint_NotDeployed_IsNotFound()
    {
        await using var host = await WorkerHost.StartAsync(SignedIn.Settings(azure.Settings), App);
        using var call = SignedIn.As("predictor", HttpMethod.Get, "/v2/models/nobody");

        using var response = await host.SendAsync("http", call);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
