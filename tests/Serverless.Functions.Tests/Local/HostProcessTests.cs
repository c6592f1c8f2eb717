using System.Net;
using System.Net.Sockets;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Functions.Tests.Api;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Local;

public sealed class HostProcessTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_AskedToStop_EndsInOrderAndRemovesItsFile()
    {
        using var folder = new TempFolder();
        await using var host = await HostProcess.UpAsync(folder["data"], "http://127.0.0.1:0");
        using (var ready = await host.Http.GetAsync(Routes.Ready, Cancel))
            Assert.Equal("ready", (await ApiHost.ReadAsync(ready, ContractsJson.Default.Health)).Status);
        await using var second = HostProcess.Start("--data", folder["data"], "--urls", "http://127.0.0.1:0");
        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains($"process {host.ProcessId}", await second.ErrorsAsync());
        var waiting = host.Http.GetAsync($"{Routes.Jobs}?limit=1", Cancel);
        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
        Assert.Equal(0, await host.StopAsync());
        Assert.False(File.Exists(folder["data/run/host.json"]));
    }

    [Fact]
    public async Task Host_OnAFolderThatOthersMayEnter_KeepsItsDatabasesForTheOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["data"], (UnixFileMode)0b111_101_101);
        await using var host = await HostProcess.UpAsync(folder["data"], "http://127.0.0.1:0");
        var databases = Directory.GetFiles(folder["data"], "*.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToArray();
        Assert.Contains(folder["data/serverless.db-wal"], databases);
        Assert.Contains(folder["data/workflows.db-wal"], databases);
        foreach (var database in databases)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(database));
    }

    [Fact]
    public async Task Host_WhoseStarterIsKilled_StopsInOrder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The starter is a shell.");
        using var folder = new TempFolder();
        using var starter = System.Diagnostics.Process.Start("sleep", ["600"]);
        await using var host = await HostProcess.UpAsync(folder["data"], "http://127.0.0.1:0", "--stop-with", $"{starter.Id}");
        using (var live = await host.Http.GetAsync(Routes.Live, Cancel))
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        starter.Kill();
        Assert.Equal(0, await host.ExitAsync());
        Assert.False(File.Exists(folder["data/run/host.json"]));
        Assert.Contains($"Process {starter.Id}, with which this host stops, has ended.", await host.ErrorsAsync());
    }

    [Fact]
    public async Task Host_WithAnUnknownOption_SaysSoAndExitsWith2()
    {
        await using var host = HostProcess.Start("--nothing");
        Assert.Equal(2, await host.ExitAsync());
        Assert.Contains("'--nothing'", await host.ErrorsAsync());
    }

    [Fact]
    public async Task Host_KilledWhileAJobRuns_GoesOnWithItWhenItIsBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell script.");
        using var folder = new TempFolder();
        var url = $"http://127.0.0.1:{FreePort()}";
        string id;
        await using (var host = await HostProcess.UpAsync(folder["data"], url))
        {
            // Ends by itself only after the host is back, which it sees by a file.
            var script = $"echo loss = 1; while [ ! -e '{folder["go"]}' ]; do sleep 0.05; done; echo loss = 2";
            var spec = $$"""{"name":"survivor","program":{"command":["/bin/sh","-c"]},"arguments":[{{System.Text.Json.JsonSerializer.Serialize(script)}}]}""";
            using (var submitted = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json(spec), Cancel))
                id = (await ApiHost.ReadAsync(submitted, ContractsJson.Default.Job, HttpStatusCode.Created)).Id;
            await Eventually.TrueAsync("the first metric", async () => (await MetricsAsync(host, id)).Points.Count == 1, cancel: Cancel);
            await host.KillAsync();
        }

        await using var back = await HostProcess.UpAsync(folder["data"], url);
        await File.WriteAllTextAsync(folder["go"], "", Cancel);
        var job = await Eventually.SomeAsync("the job's end", async () => await JobAsync(back, id) is { EndedAt: not null } ended ? ended : null, cancel: Cancel);
        Assert.Equal((JobStatus.Succeeded, 1, 0), (job.Status, job.Attempt, job.ExitCode));
        Assert.Equal([1, 2], (await MetricsAsync(back, id)).Points.Select(point => point.Value));
    }

    private static async Task<Job> JobAsync(HostProcess host, string id)
    {
        using var response = await host.Http.GetAsync(Routes.Fill(Routes.Job, id), Cancel);
        return await ApiHost.ReadAsync(response, ContractsJson.Default.Job);
    }

    private static async Task<JobMetrics> MetricsAsync(HostProcess host, string id)
    {
        using var response = await host.Http.GetAsync(Routes.Fill(Routes.JobMetrics, id), Cancel);
        return await ApiHost.ReadAsync(response, ContractsJson.Default.JobMetrics);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
