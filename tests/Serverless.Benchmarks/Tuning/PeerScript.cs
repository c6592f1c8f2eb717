using System.ComponentModel;
using System.Diagnostics;

namespace Serverless.Benchmarks.Tuning;

/// <summary>A script of ours that runs Optuna and writes a line for each study.</summary>
internal static class PeerScript
{
    /// <summary>Runs it; null, and a line on the error output that says why, when there is no Optuna to run.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="script">The script's name beside this program.</param>
    /// <param name="arguments">Its arguments; the folders to import Optuna from come last.</param>
    public static async Task<IReadOnlyList<string>?> RunAsync(string python, string script, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
                return output.Split('\n');
            Console.Error.WriteLine($"Optuna did not run ('{python}' ended with exit code {process.ExitCode}). Install it, or give its folder by --optuna.");
        }
        catch (Win32Exception missing)
        {
            Console.Error.WriteLine($"Optuna did not run: '{python}' cannot be started ({missing.Message}). Give an interpreter by --python.");
        }

        return null;
    }
}
