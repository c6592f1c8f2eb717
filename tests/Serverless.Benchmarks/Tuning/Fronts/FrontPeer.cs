using System.Text.Json;

namespace Serverless.Benchmarks.Tuning.Fronts;

/// <summary>The same problems on Optuna, by a script of ours.</summary>
internal static class FrontPeer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Its samplers and which of ours is of the same name.</summary>
    public static IReadOnlyDictionary<string, string> Namesakes { get; } = new Dictionary<string, string>
    {
        ["random"] = "random",
        ["nsga2"] = "nsgaii",
        ["tpe-independent"] = "tpe",
        ["tpe"] = "tpe_mv",
        ["gp"] = "gp",
    };

    /// <summary>Runs the script; null when there is no Optuna to run.</summary>
    public static async Task<IReadOnlyList<FrontCourse>?> RunAsync(string python, IEnumerable<string> paths, IEnumerable<string> samplers, IEnumerable<string> problems, int first, int count, int trials)
    {
        var lines = await PeerScript.RunAsync(python, "optuna-fronts-peer.py", [string.Join(',', samplers), string.Join(',', problems), $"{first}:{count}", $"{trials}", .. paths]);
        return lines is null ? null : [.. Read(lines)];
    }

    /// <summary>Reads the lines that the script wrote.</summary>
    public static IEnumerable<FrontCourse> Read(IEnumerable<string> lines) =>
        lines.Where(line => line.Contains("\"losses\"", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<FrontCourse>(line, Json)!);
}
