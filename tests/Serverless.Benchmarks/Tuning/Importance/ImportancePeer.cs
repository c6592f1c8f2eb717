using System.Diagnostics;
using System.Text.Json;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning.Importance;

/// <summary>Optuna's evaluators on trials of ours, by a script of ours.</summary>
internal static class ImportancePeer
{
    /// <summary>What Optuna says of trials.</summary>
    internal sealed record Answer(string Name, IReadOnlyDictionary<string, double> PedAnova, double PedAnovaSeconds, IReadOnlyList<IReadOnlyDictionary<string, double>> Fanova, double FanovaSeconds);

    /// <summary>Asks; null, and a line on the error output, when there is no Optuna to run.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="paths">Folders to import Optuna from.</param>
    /// <param name="seeds">How many seeds fANOVA is run with.</param>
    /// <param name="histories">The trials, by name.</param>
    public static async Task<IReadOnlyDictionary<string, Answer>?> AskAsync(string python, IEnumerable<string> paths, int seeds, IEnumerable<(string Name, TrialHistory History)> histories)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "optuna-importance-peer.py"), $"{seeds}", .. paths]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            foreach (var (name, history) in histories)
                await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(Question(name, history), JsonSerializerOptions.Web));
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
                return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Answer>(line, JsonSerializerOptions.Web)!).ToDictionary(answer => answer.Name);
            Console.Error.WriteLine($"Optuna did not run ('{python}' ended with exit code {process.ExitCode}). Install it with scikit-learn, or give its folder by --optuna.");
        }
        catch (Exception missing) when (missing is System.ComponentModel.Win32Exception or IOException)
        {
            Console.Error.WriteLine($"Optuna did not run: '{python}' cannot be started or ended early ({missing.Message}). Give an interpreter by --python, and its folder by --optuna.");
        }

        return null;
    }

    private static object Question(string name, TrialHistory history) => new
    {
        name,
        parameters = history.Space.Dimensions.Select(dimension => new
        {
            dimension.Name,
            kind = dimension.Kind switch { DimensionKind.Categorical => "categorical", DimensionKind.Stepped => "int", _ => "float" },
            dimension.Low,
            dimension.High,
            log = dimension.IsLog,
            choices = (int)Math.Min(dimension.Cardinality, 1_000),
        }),
        points = history.Trials.Select(trial => trial.Point.ToArray()),
        values = history.Trials.Select(trial => trial.Values[0]),
    };
}
