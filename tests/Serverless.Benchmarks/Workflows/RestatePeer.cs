using System.Diagnostics;
using System.Text.Json;
using Serverless.TestKit;

namespace Serverless.Benchmarks.Workflows;

/// <summary>The same load on Restate, from npm.</summary>
internal static class RestatePeer
{
    /// <summary>What is installed and named in the results.</summary>
    public const string Version = "Restate 1.7.12 (restate-sdk 1.17.2 on Node.js)";

    /// <summary>Installs Restate into a folder of its own, runs the load, removes it.</summary>
    public static async Task<IReadOnlyList<Load>> MeasureAsync(IReadOnlyList<int> levels, TimeSpan time)
    {
        using var folder = new TempFolder();
        await RunAsync(folder.Path, "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "@restatedev/restate-server@1.7.12", "@restatedev/restate-sdk@1.17.2"]);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "restate-peer.mjs"), folder["restate-peer.mjs"]);
        var output = await RunAsync(folder.Path, "node", ["restate-peer.mjs", $"{time.TotalSeconds:0}", .. levels.Select(level => $"{level}")]);
        return [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(Parse)];
    }

    private static Load Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        double Number(string name) => json.RootElement.GetProperty(name).GetDouble();
        return new Load((int)Number("inFlight"), Number("perSecond"), Number("p50"), Number("p99"));
    }

    private static async Task<string> RunAsync(string folder, string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program}' ended with exit code {process.ExitCode}.");
    }
}
