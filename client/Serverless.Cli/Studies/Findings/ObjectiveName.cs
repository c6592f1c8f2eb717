using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies.Findings;

/// <summary>The objective that a person named.</summary>
internal static class ObjectiveName
{
    /// <summary>Its place.</summary>
    /// <exception cref="CliException">There is none of that name; the nearest is said.</exception>
    public static int Find(IReadOnlyList<ObjectiveSpec> objectives, string? name)
    {
        if (name is null)
            return 0;
        string[] known = [.. objectives.Select(objective => objective.Metric)];
        if (Array.IndexOf(known, name) is >= 0 and var index)
            return index;
        var near = Suggestion.For(name, known);
        throw CliException.Usage(
            $"The study has no objective {SafeText.Quote(name)}.",
            near.Count > 0 ? $"Did you mean {SafeText.Quote(near[0])}?" : $"It has {string.Join(", ", known.Select(SafeText.Quote))}.");
    }
}
