using System.Globalization;
using System.Text.RegularExpressions;
using Serverless.Contracts.Studies;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>Places in a space as the search names them, as people wrote them: <c>conditions[0]</c> is <c>all[0]</c> or <c>any[0]</c>, <c>min</c> is <c>atLeast</c>, <c>levels</c> is <c>choices</c>.</summary>
internal static partial class SpacePlaces
{
    /// <summary>A place as it was written.</summary>
    /// <param name="space">The space.</param>
    /// <param name="path">The place, beginning with <c>space.</c>.</param>
    public static string Of(SpaceSpec space, string path)
    {
        if (Start().Match(path) is not { Success: true } start)
            return path.EndsWith(".levels", StringComparison.Ordinal) ? path[..^".levels".Length] + ".choices" : path;
        var index = int.Parse(start.Groups["index"].Value, CultureInfo.InvariantCulture);
        var condition = start.Groups["list"].Value == "forbidden" ? space.Forbidden[index] : space.Parameters[index].When;
        var written = new List<string> { start.Value };
        foreach (var part in path[start.Length..].Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var (word, next) = Step(condition, part);
            written.Add(word);
            condition = next;
        }

        return string.Join('.', written);
    }

    private static (string Word, ConditionSpec? Inner) Step(ConditionSpec? condition, string part)
    {
        var at = part.IndexOf('[', StringComparison.Ordinal);
        var (name, place) = at < 0 ? (part, "") : (part[..at], part[at..]);
        return name switch
        {
            "conditions" when condition?.All is { } all => ($"all{place}", all[Index(place)]),
            "conditions" when condition?.Any is { } any => ($"any{place}", any[Index(place)]),
            "negated" => ("not", condition?.Not),
            "value" => ("equals", null),
            "values" => ($"in{place}", null),
            "min" => ("atLeast", null),
            "max" => ("atMost", null),
            _ => (part, null),
        };
    }

    private static int Index(string place) => int.Parse(place.AsSpan(1, place.Length - 2), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\Aspace\.(?:(?<list>parameters)\[(?<index>[0-9]+)\]\.when|(?<list>forbidden)\[(?<index>[0-9]+)\])", RegexOptions.CultureInvariant)]
    private static partial Regex Start();
}
