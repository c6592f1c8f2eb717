using System.Collections.Concurrent;
using System.Diagnostics;
using Serverless.Contracts.Agents;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>A real agent process, ended with the test.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly Process process;

    private AgentProcess(Process process) => this.process = process;

    public ConcurrentQueue<string> Lines { get; } = [];

    public int Id => process.Id;

    /// <summary>The folder of the built programs.</summary>
    public static string Built(string program) => Path.Combine(AppContext.BaseDirectory, program);

    public static AgentProcess Start(FakeHost host, TempFolder data, string node = "node-1", string token = FakeHost.Token, params string[] more)
    {
        var start = new ProcessStartInfo(Built("Serverless.Agent"),
            ["--host", host.Address.ToString(), "--pool", "local", "--node", node, "--data", data.Path, "--settle-ms", "100", .. more.Contains("--metadata") ? [] : new[] { "--metadata", "none" }, .. more])
        {
            RedirectStandardError = true,
            Environment = { [AgentProtocol.TokenVariable] = token, ["SERVERLESS_KEY"] = "the-key-of-a-person", ["IDENTITY_HEADER"] = "the-identity" },
        };
        var agent = new AgentProcess(Process.Start(start)!);
        agent.process.ErrorDataReceived += (_, line) => agent.Lines.Enqueue(line.Data ?? "");
        agent.process.BeginErrorReadLine();
        return agent;
    }

    public void Kill() => process.Kill();

    public void Terminate() => Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience, TimeProvider.System);
        return process.ExitCode;
    }

    /// <summary>The greatest amount of memory that the process had, in bytes.</summary>
    public long PeakMemoryBytes()
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(each => each.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}
