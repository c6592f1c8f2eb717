using System.Net;
using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.FunctionsHost.Tests.Protocol;
using Serverless.FunctionsHost.Tests.Triggers;

namespace Serverless.FunctionsHost.Tests;

/// <summary>What runs by the clock.</summary>
/// <param name="azure">What the app finds of Azure.</param>
public sealed class TimerTests(AzureOnLoopback azure)
{
    [Fact]
    public async Task SweepData_FileWhoseEventWasLost_LandsItsDataSet()
    {
        await using var host = await WorkerHost.StartAsync(SignedIn.Settings(azure.Settings));
        await azure.DropAsync("swept/rows.csv", "a,b\n1,2\n");

        await InvokeAsync(host, "sweep-data");

        using var call = SignedIn.As("reader", HttpMethod.Get, "/api/v1/datasets/swept/versions");
        using var found = await host.SendAsync("http", call);
        var body = await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(found.StatusCode == HttpStatusCode.OK && body.Contains("rows.csv", StringComparison.Ordinal), $"{body}\n{string.Join('\n', host.Log)}");
    }

    [Fact]
    public async Task Reaper_NothingToFree_RunsThrough()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        host.Succeeded(await InvokeAsync(host, "reaper"));
    }

    [Fact]
    public async Task Reaper_MachinesOfAzureAway_GoesOn()
    {
        await using var host = await WorkerHost.StartAsync(AppSettings.WithPools(azure.Settings));

        host.Succeeded(await InvokeAsync(host, "reaper"));
    }

    private static async Task<InvocationResponse> InvokeAsync(WorkerHost host, string function) =>
        await host.InvokeAsync(function, new Dictionary<string, TypedData> { [host.Bound(function, "timerTrigger").Single()] = TimerTrigger.Due() });
}
