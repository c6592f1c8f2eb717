using System.Text.Json;

namespace Serverless.Benchmarks.Tuning.Pruning;

/// <summary>The same curves, budgets and workers on Optuna, by a script of ours.</summary>
internal static class PruningPeer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs the script; null, and a line on the error output that says why, when there is no Optuna to run.</summary>
    public static async Task<IReadOnlyList<PruningCourse>?> RunAsync(string python, IEnumerable<string> paths, IEnumerable<string> combinations, int workers, int first, int count)
    {
        var lines = await PeerScript.RunAsync(python, "optuna-pruning-peer.py", [string.Join(',', combinations), $"{workers}", string.Join(',', PruningCourse.Budgets(workers)), $"{first}:{count}", .. paths]);
        return lines is null ? null : [.. Read(lines)];
    }

    /// <summary>Reads the lines that the script wrote.</summary>
    public static IEnumerable<PruningCourse> Read(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<PruningCourse>(line, Json)!);
}
