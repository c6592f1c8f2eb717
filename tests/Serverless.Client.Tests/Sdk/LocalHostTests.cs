using Serverless.Client.Hosts;
using Serverless.Client.Tests.Cli;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Hosts;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Sdk;

public sealed class LocalHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"url\":\"file:///etc/passwd\",\"processId\":1,\"startedAt\":\"2026-01-01T00:00:00Z\",\"version\":\"1\"}")]
    public void Find_NoGoodFile_Null(string? content)
    {
        using var data = new TempFolder();
        Directory.CreateDirectory(data["run"]);
        if (content is not null)
            File.WriteAllText(data["run/host.json"], content);

        Assert.Null(LocalHost.Find(data.Path));
        Assert.Null(LocalHost.ReadKey(data.Path));
    }

    [Fact]
    public async Task Cli_HostRunsHere_FoundWithItsKeyByFolder()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.Pools, Examples.Page(Examples.Pool()), ContractsJson.Default.PoolPage);
        using var data = new TempFolder();
        Write(data, api);

        var byOption = await CliRun.WithAsync(new Dictionary<string, string>(), Path.GetTempPath(), "", "pool", "list", "--data", data.Path);
        var byVariable = await CliRun.WithAsync(new Dictionary<string, string> { ["SERVERLESS_HOME"] = data.Path }, Path.GetTempPath(), "", "pool", "list");
        // What is typed wins over what the environment says.
        var both = await CliRun.WithAsync(new Dictionary<string, string> { ["SERVERLESS_URL"] = "http://127.0.0.1:1", ["SERVERLESS_KEY"] = "other" }, Path.GetTempPath(), "", "pool", "list", "--data", data.Path);

        Assert.Equal((0, 0, 0), (byOption.ExitCode, byVariable.ExitCode, both.ExitCode));
        Assert.All(api.Requests, request => Assert.Equal("Bearer local-key", request.Headers["Authorization"]));
        Assert.Equal(3, api.Requests.Count);
    }

    private static void Write(TempFolder data, FakeApi api)
    {
        Directory.CreateDirectory(data["run"]);
        Directory.CreateDirectory(data["keys"]);
        File.WriteAllText(data["keys/admin.key"], "local-key\n");
        File.WriteAllText(data["run/host.json"], System.Text.Json.JsonSerializer.Serialize(new RunningHost(api.Address.ToString(), Environment.ProcessId, Examples.At, "0.1.0"), ContractsJson.Default.RunningHost));
    }
}
