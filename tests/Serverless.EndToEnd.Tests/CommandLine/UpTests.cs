using System.Text.Json;
using Serverless.TestKit;

namespace Serverless.EndToEnd.Tests.CommandLine;

public sealed class UpTests
{
    [Fact]
    public async Task Up_UntilStopped_AnswersThenLeavesNothingRunning()
    {
        using var folder = new TempFolder();
        await using var up = BuiltCli.Start(folder.Path, null, "up", "--port", "0", "--data", "data", "--output", "json");
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: TestContext.Current.CancellationToken);
        using var host = JsonDocument.Parse(up.Out);

        var second = await BuiltCli.RunAsync(folder.Path, null, "up", "--port", "0", "--data", "data");
        var list = await BuiltCli.RunAsync(folder.Path, null, "job", "list", "--data", "data", "--output", "json");
        var missing = await BuiltCli.RunAsync(folder.Path, null, "job", "show", "job-none", "--data", "data");
        var denied = await BuiltCli.RunAsync(folder.Path, new Dictionary<string, string> { ["SERVERLESS_URL"] = host.RootElement.GetProperty("url").GetString()!, ["SERVERLESS_KEY"] = "wrong" }, "job", "list");
        await up.SignalAsync("TERM");

        Assert.Equal((6, 0, 3, 4), (second.ExitCode, list.ExitCode, missing.ExitCode, denied.ExitCode));
        Assert.Equal("{\"items\":[]}\n", list.Out);
        Assert.Equal(0, await up.EndAsync());
        Assert.False(File.Exists(folder["data/run/host.json"]));
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(host.RootElement.GetProperty("processId").GetInt32()));
    }

    [Fact]
    public async Task Up_Killed_LeavesNoHostBehind()
    {
        using var folder = new TempFolder();
        await using var up = BuiltCli.Start(folder.Path, null, "up", "--port", "0", "--data", "data", "--output", "json");
        await Eventually.TrueAsync("the host answers", () => up.Out.Contains('\n'), cancel: TestContext.Current.CancellationToken);
        using var host = JsonDocument.Parse(up.Out);
        using var process = System.Diagnostics.Process.GetProcessById(host.RootElement.GetProperty("processId").GetInt32());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["data"]));

        await up.SignalAsync("KILL");
        await Eventually.TrueAsync("the host has stopped", () => process.HasExited, cancel: TestContext.Current.CancellationToken);

        Assert.False(File.Exists(folder["data/run/host.json"]));
    }
}
