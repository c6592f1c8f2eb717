using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.FunctionsHost.Tests.Protocol;

namespace Serverless.FunctionsHost.Tests;

/// <summary>The worker's life: it greets, says its functions, loads them, goes when asked.</summary>
public sealed class WorkerTests(AzureOnLoopback azure)
{
    [Fact]
    public async Task Worker_Started_SaysItsFunctionsAndServesHttp()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        Assert.Contains("http", host.Functions.Keys);
        Assert.True(Uri.TryCreate(host.Capabilities["HttpUri"], UriKind.Absolute, out var http) && http.IsLoopback, host.Capabilities["HttpUri"]);
    }

    [Fact]
    public async Task Worker_FunctionOfAnUnknownEntryPoint_IsNotLoaded()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);
        var stranger = host.Functions["http"].Clone();
        (stranger.FunctionId, stranger.EntryPoint) = ("stranger", "Serverless.Functions.Stranger.Run");

        var loaded = await host.LoadAsync(stranger);

        Assert.Equal(StatusResult.Types.Status.Failure, loaded.Status);
        Assert.Contains("'Run'", loaded.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_AskedToTerminate_EndsInOrder()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        using var call = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        using var alive = await host.SendAsync("http", call);

        var code = await host.TerminateAsync();

        Assert.True(code == 0, $"The worker ended with {code}:\n{host.Worker.Output}");
    }
}
