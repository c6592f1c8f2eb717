using Serverless.Core.Names;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>The names that there are, for errors.</summary>
internal static class KnownNames
{
    /// <summary>How many an error lists.</summary>
    private const int Most = 20;

    /// <summary>The beginning of a sentence about what no run has.</summary>
    public static string None(int runs) => runs == 1 ? "The run does not have" : $"None of the {runs} runs has";

    /// <summary>A sentence with the names.</summary>
    public static string Say(string begin, IReadOnlyList<string> names) => names.Count == 0
        ? "They have none."
        : $"{begin} {string.Join(", ", names.Take(Most).Select(name => Shown.Quote(name)))}{(names.Count > Most ? ", …" : "")}.";
}
