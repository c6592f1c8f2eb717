namespace Serverless.Core.Workflows.Hosted;

/// <summary>
/// Under which function an entry of the catalogue runs: its name with dashes for dots, since a function's name takes letters, digits, dashes and underscores only, begins with a letter and
/// has at most 128 characters.
/// </summary>
public static class FunctionNames
{
    /// <summary>The built-in activity that starts a called workflow and looks whether it has ended.</summary>
    public const string Look = "workflow-look";

    private const int MaxLength = 128;

    /// <summary>The function of an entry.</summary>
    public static string Of(string entry) => entry.Replace('.', '-');

    /// <summary>Every function that an engine must have for a catalogue: workflows and activities, the built-in one included.</summary>
    /// <exception cref="InvalidOperationException">Two entries have the same function, or one has a name that no function can have.</exception>
    public static (IReadOnlyDictionary<string, string> Workflows, IReadOnlyDictionary<string, string> Activities) For(WorkflowCatalog catalog)
    {
        foreach (var name in catalog.Workflows.Keys.Concat(catalog.Activities.Keys).Select(Of).Append(Look).GroupBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            if (name.Count() > 1 || !IsName(name.Key))
                throw new InvalidOperationException($"The function name '{name.Key}' is taken twice, or is not a letter followed by at most {MaxLength - 1} letters, digits, dashes and underscores.");
        }

        return (catalog.Workflows.Keys.ToDictionary(Of, StringComparer.Ordinal), catalog.Activities.Keys.ToDictionary(Of, StringComparer.Ordinal));
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && !string.Equals(name, "host", StringComparison.OrdinalIgnoreCase);
}
