using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Local;

/// <summary>A real host in a process of its own, on a data folder of the test's.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private HostProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>The built host: beside this test in the folder of build outputs.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Serverless.Local", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "Serverless.Local.dll"));

    public HttpClient Http { get; private set; } = null!;

    public Uri Url => Http.BaseAddress!;

    public int ProcessId => process.Id;

    public Task<string> ErrorsAsync() => errors;

    public static HostProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    private static HostProcess Start(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Starts a host and waits until it answers.</summary>
    public static Task<HostProcess> UpAsync(string data, string url, params string[] arguments) => UpAsync(data, url, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a host with more variables in its environment and waits until it answers.</summary>
    public static async Task<HostProcess> UpAsync(string data, string url, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var host = Start(environment, ["--data", data, "--urls", url, .. arguments]);
        var file = Path.Combine(data, "run", "host.json");
        var running = await Eventually.SomeAsync("the host's file", () =>
        {
            Assert.False(host.process.HasExited, host.process.HasExited ? host.errors.GetAwaiter().GetResult() : "");
            return Task.FromResult(File.Exists(file) && JsonSerializer.Deserialize(File.ReadAllText(file), ContractsJson.Default.RunningHost) is { } found && found.ProcessId == host.ProcessId ? found : null);
        }, cancel: TestContext.Current.CancellationToken);
        host.Http = new HttpClient { BaseAddress = new Uri(running.Url) };
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(data, "keys", "admin.key")).Trim());
        return host;
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>SIGTERM.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync(CancellationToken.None);
        return await ExitAsync();
    }

    /// <summary>SIGKILL, to the host alone.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await StopAsync();
        Http?.Dispose();
        process.Dispose();
    }
}
