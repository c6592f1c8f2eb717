using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies.Findings;

/// <summary>The objective that a person named.</summary>
internal static class ObjectiveName
{
    /// <summary>Its place.</summary>
    /// <exception cref="CliException">There is none of that name; the nearest is said.</exception>
    public static int Find(IReadOnlyList<ObjectiveSpec> objectives, string? name)
    {
        var errors = new List<FieldError>();
        var index = Find(objectives, name, errors);
        return errors.Count == 0 ? index : throw CliException.Usage(errors);
    }

    /// <summary>Its place; 0, and an error that says the nearest, when there is none of that name.</summary>
    public static int Find(IReadOnlyList<ObjectiveSpec> objectives, string? name, List<FieldError> errors)
    {
        if (name is null)
            return 0;
        string[] known = [.. objectives.Select(objective => objective.Metric)];
        if (Array.IndexOf(known, name) is >= 0 and var index)
            return index;
        var near = Suggestion.For(name, known);
        errors.Add(new FieldError(
            "--objective",
            $"The study has no objective {SafeText.Quote(name)}.",
            near.Count > 0 ? $"Did you mean {SafeText.Quote(near[0])}?" : $"It has {string.Join(", ", known.Select(SafeText.Quote))}."));
        return 0;
    }
}
