using System.Net;
using Serverless.FunctionsHost.Tests.Host;

namespace Serverless.FunctionsHost.Tests;

/// <summary>HTTP calls, which the worker serves itself and the host passes on.</summary>
public sealed class HttpTests
{
    [Fact]
    public async Task Live_Called_AnswersOk()
    {
        await using var host = await WorkerHost.StartAsync();
        using var call = new HttpRequestMessage(HttpMethod.Get, "/health/live");

        using var response = await host.SendAsync("live", call);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
