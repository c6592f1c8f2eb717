using System.Text.Json;

namespace Serverless.Benchmarks.Tuning;

/// <summary>The same functions and budgets on Optuna, by a script of ours.</summary>
internal static class OptunaPeer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Its samplers and which of ours is of the same name.</summary>
    public static IReadOnlyDictionary<string, string> Namesakes { get; } = new Dictionary<string, string>
    {
        ["random"] = "random",
        ["sobol"] = "qmc",
        ["tpe-independent"] = "tpe",
        ["tpe-multivariate"] = "tpe_mv",
        ["tpe"] = "tpe_mv_group",
        ["cma-es"] = "cmaes",
        ["gp"] = "gp",
    };

    /// <summary>Runs the script; null, and a line on the error output that says why, when there is no Optuna to run.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="paths">Folders to import Optuna from; none: where the interpreter looks.</param>
    /// <param name="samplers">Optuna's samplers.</param>
    /// <param name="functions">Names of functions.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many seeds.</param>
    public static async Task<IReadOnlyList<Course>?> RunAsync(string python, IEnumerable<string> paths, IEnumerable<string> samplers, IEnumerable<string> functions, int first, int count)
    {
        var lines = await PeerScript.RunAsync(python, "optuna-peer.py", [string.Join(',', samplers), string.Join(',', functions), $"{first}:{count}", .. paths]);
        return lines is null ? null : [.. Read(lines)];
    }

    /// <summary>Reads the lines that the script wrote.</summary>
    public static IEnumerable<Course> Read(IEnumerable<string> lines) =>
        lines.Where(line => line.Contains("\"curve\"", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<Course>(line, Json)!);
}
