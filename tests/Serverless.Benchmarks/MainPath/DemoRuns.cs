using System.Diagnostics;
using System.Text.Json;

namespace Serverless.Benchmarks.MainPath;

/// <summary>The whole demo by the built command line.</summary>
internal static class DemoRuns
{
    /// <summary>Runs it a number of times.</summary>
    public static async Task<IReadOnlyList<Figures>> RunAsync(int runs)
    {
        var submit = new Figures("submit → program running, from zero nodes, ms");
        var total = new Figures("the whole demo, s");
        var process = new Figures("the whole demo, from process start to process end, s");
        for (var run = 0; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            using var demo = Process.Start(new ProcessStartInfo("dotnet", [Built.Program("Serverless.Cli"), "demo", "--output", "json"]) { RedirectStandardOutput = true })!;
            var output = await demo.StandardOutput.ReadToEndAsync();
            await demo.WaitForExitAsync();
            if (demo.ExitCode != 0)
                throw new InvalidOperationException($"The demo ended with exit code {demo.ExitCode}.");
            process.Add(clock.Elapsed.TotalSeconds);
            using var json = JsonDocument.Parse(output);
            submit.Add(json.RootElement.GetProperty("submitToRunningMs").GetDouble());
            total.Add(json.RootElement.GetProperty("totalSeconds").GetDouble());
        }

        return [submit, total, process];
    }
}
