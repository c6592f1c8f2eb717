using System.Diagnostics;
using System.Text.Json;

namespace Serverless.Benchmarks.Tuning.Pruning;

/// <summary>The same curves, budgets and workers on Optuna, by a script of ours.</summary>
internal static class PruningPeer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs the script; null, and a line on the error output that says why, when there is no Optuna to run.</summary>
    public static async Task<IReadOnlyList<PruningCourse>?> RunAsync(string python, IEnumerable<string> paths, IEnumerable<string> combinations, int workers, int first, int count)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "optuna-pruning-peer.py");
        var start = new ProcessStartInfo(python, [script, string.Join(',', combinations), $"{workers}", string.Join(',', PruningCourse.Budgets(workers)), $"{first}:{count}", .. paths]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
                return [.. Read(output.Split('\n'))];
            Console.Error.WriteLine($"Optuna did not run ('{python}' ended with exit code {process.ExitCode}). Install it, or give its folder by --optuna.");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Console.Error.WriteLine($"Optuna did not run: '{python}' cannot be started ({missing.Message}). Give an interpreter by --python.");
        }

        return null;
    }

    /// <summary>Reads the lines that the script wrote.</summary>
    public static IEnumerable<PruningCourse> Read(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<PruningCourse>(line, Json)!);
}
