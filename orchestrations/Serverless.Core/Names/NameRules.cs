using Serverless.Contracts.Problems;

namespace Serverless.Core.Names;

/// <summary>What the name of a data set, model, endpoint, trigger or pool may look like: it stands in paths, addresses and logs.</summary>
public static class NameRules
{
    /// <summary>Longest name in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>Checks a name: lower-case letters a–z, digits, <c>-</c>, <c>_</c> and <c>.</c>; first a letter or digit; no two dots in a row, none at the end. Lower case only, so that no two names differ in case or look alone.</summary>
    /// <param name="name">The name.</param>
    /// <param name="where">The input's place, for the errors.</param>
    /// <param name="what">What it names, such as <c>endpoint</c>.</param>
    public static IReadOnlyList<FieldError> Check(string? name, string where, string what)
    {
        if (string.IsNullOrEmpty(name))
            return [new FieldError(where, $"The {what}'s name is empty.", "Give a name such as 'digits'.")];
        if (name.Length > MaxLength)
            return [new FieldError(where, $"The {what}'s name {Shown.Quote(name)} has {name.Length} characters; the limit is {MaxLength}.", "Shorten it.")];
        return IsName(name)
            ? []
            : [new FieldError(where, $"The {what}'s name {Shown.Quote(name)} is not a name.",
                "Use lower-case letters a-z, digits, '-', '_' and '.'; begin with a letter or digit; no '..' and no '.' at the end.")];
    }

    /// <summary>Whether a text is a name.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxLength
        && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0]))
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
        && name[^1] != '.'
        && !name.Contains("..", StringComparison.Ordinal);

    /// <summary>Checks a name for people (of a job): 1 to 128 characters, none invisible.</summary>
    public static IReadOnlyList<FieldError> CheckDisplay(string name, string where) =>
        name.Trim().Length is > 0 and <= MaxLength && !PathRules.HasForbiddenCharacter(name)
            ? []
            : [new FieldError(where, $"The name {Shown.Quote(name)} is empty, longer than {MaxLength} characters, or has an invisible character.", "Give 1 to 128 visible characters.")];
}
