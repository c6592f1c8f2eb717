using System.Net;
using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Host;

namespace Serverless.FunctionsHost.Tests;

/// <summary>HTTP calls, which the worker serves itself and the host passes on.</summary>
public sealed class HttpTests(AzureOnLoopback azure)
{
    [Fact]
    public async Task Live_Called_AnswersOk()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);
        using var call = new HttpRequestMessage(HttpMethod.Get, "/health/live");

        using var response = await host.SendAsync("http", call);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>What the route table decides reaches the caller as it is: status, body, headers.</summary>
    [Theory]
    [InlineData("/api/v1/jobs", 401)]
    [InlineData("/api/v1/jobs/", 404)]
    [InlineData("/nothing/here", 404)]
    [InlineData("/admin/host/status", 404)]
    [InlineData("/api/v1/jobs%2Fjob-1", 400)]
    [InlineData("/api/v1/%2e%2e/jobs", 400)]
    public async Task Path_NotForThisCaller_IsAProblemDocument(string path, int status)
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);
        using var call = new HttpRequestMessage(HttpMethod.Get, path);

        using var response = await host.SendAsync("http", call);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Pools_OfTheSettings_AreShown()
    {
        await using var host = await WorkerHost.StartAsync(SignedIn.Settings(AppSettings.WithPools(azure.Settings)));
        using var call = SignedIn.As("reader", HttpMethod.Get, "/api/v1/pools");

        using var response = await host.SendAsync("http", call);

        Assert.Contains("cpu", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
