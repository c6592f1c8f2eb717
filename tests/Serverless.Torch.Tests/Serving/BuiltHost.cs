using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Serverless.TestKit;

namespace Serverless.Torch.Tests.Serving;

/// <summary>A host on a free port, started by the built command line in a folder of its own; it is gone when this is disposed.</summary>
internal sealed class BuiltHost : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly string folder;
    private readonly Process up;

    private BuiltHost(string folder, Process up) => (this.folder, this.up) = (folder, up);

    public HttpClient Http { get; private set; } = new();

    public static async Task<BuiltHost> StartAsync(string folder)
    {
        Needs.Have("cli", File.Exists(Cli), "Build client/Serverless.Cli first.");
        var host = new BuiltHost(folder, Start(folder, "up", "--port", "0", "--data", "data", "--output", "json"));
        using var late = new CancellationTokenSource(Longest);
        var line = await host.up.StandardOutput.ReadLineAsync(late.Token) ?? throw new InvalidOperationException(await host.up.StandardError.ReadToEndAsync(late.Token));
        host.up.ErrorDataReceived += (_, _) => { };
        host.up.BeginErrorReadLine();
        using var said = JsonDocument.Parse(line);
        host.Http = new() { BaseAddress = new(said.RootElement.GetProperty("url").GetString()!), Timeout = Longest };
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(folder, "data", "keys", "admin.key"), late.Token)).Trim());
        return host;
    }

    /// <summary>Runs a command against the host and waits for its end.</summary>
    public async Task RunAsync(params string[] arguments)
    {
        using var process = Start(folder, [.. arguments, "--data", "data"]);
        StringBuilder talk = new();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => talk.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = new CancellationTokenSource(Longest);
        await process.WaitForExitAsync(late.Token);
        Assert.True(process.ExitCode == 0, $"'{string.Join(' ', arguments)}' ended with {process.ExitCode}: {talk}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!up.HasExited)
            using (var kill = Process.Start("kill", ["-TERM", $"{up.Id}"]))
                await kill.WaitForExitAsync();
        using var late = new CancellationTokenSource(Longest);
        await up.WaitForExitAsync(late.Token);
        up.Dispose();
    }

    private static string Cli => Path.Combine(Needs.RepositoryRoot(), "artifacts", "bin", "Serverless.Cli", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "Serverless.Cli");

    private static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Cli, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[] { "SERVERLESS_URL", "SERVERLESS_KEY", "SERVERLESS_HOME" })
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }
}
