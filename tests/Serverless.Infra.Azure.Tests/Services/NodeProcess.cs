using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Serverless.TestKit;

namespace Serverless.Infra.Azure.Tests.Services;

/// <summary>A service in Node.js that lives no longer than the tests.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private NodeProcess(Process process) => this.process = process;

    /// <summary>Where the npm packages of this project are.</summary>
    public static string Modules { get; } = typeof(NodeProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "NodeModules").Value!;

    /// <summary>What it has said so far.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Starts it.</summary>
    /// <param name="script">The script beside this file.</param>
    /// <param name="trusted">A certificate that the service itself trusts, when it calls itself; null: none.</param>
    /// <param name="arguments">Its arguments.</param>
    public static NodeProcess Start(string script, string? trusted, params IEnumerable<string> arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Services", script), Modules, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
            },
        };
        if (trusted is not null)
            process.StartInfo.Environment["NODE_EXTRA_CA_CERTS"] = trusted;
        var node = new NodeProcess(process);
        process.OutputDataReceived += node.Hear;
        process.ErrorDataReceived += node.Hear;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return node;
    }

    /// <summary>Waits for a line that begins so, and gives what follows.</summary>
    public async Task<string> SaysAsync(string beginning, CancellationToken cancel)
    {
        string? Find() => lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal))?[beginning.Length..];
        await Eventually.TrueAsync($"the service's line '{beginning}…'", () => Find() is not null || process.HasExited, cancel: cancel);
        return Find() ?? throw new InvalidOperationException($"The service ended with {process.ExitCode}: {string.Join('\n', lines)}");
    }

    /// <summary>Says a line to it, and waits for one more line that begins with <c>did</c>.</summary>
    /// <returns>That line.</returns>
    public async Task<string> TellAsync(string line, CancellationToken cancel)
    {
        List<string> Done() => [.. lines.Where(said => said.StartsWith("did ", StringComparison.Ordinal))];
        var before = Done().Count;
        await process.StandardInput.WriteLineAsync(line.AsMemory(), cancel);
        await process.StandardInput.FlushAsync(cancel);
        await Eventually.TrueAsync($"the service's answer to '{line}'", () => Done().Count > before, cancel: cancel);
        return Done()[before];
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs said)
    {
        if (said.Data is not null)
            lines.Enqueue(said.Data);
    }
}
