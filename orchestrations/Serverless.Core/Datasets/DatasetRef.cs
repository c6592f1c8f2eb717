using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Datasets;

/// <summary>Names a data set, or one version of it.</summary>
/// <param name="Name">The data set.</param>
/// <param name="Version">The version: 8 to 64 lower-case hexadecimal digits, the beginning of its hash; null: the newest.</param>
public sealed record DatasetRef(string Name, string? Version)
{
    /// <summary>Fewest digits that name a version.</summary>
    public const int MinDigits = 8;

    /// <summary>Whether the version is written out in full.</summary>
    public bool IsWhole => Version is { Length: 64 };

    /// <summary>Reads <c>name</c> or <c>name@version</c>.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all that is wrong with it.</exception>
    public static DatasetRef Parse(string text)
    {
        var errors = Check(text, "dataset");
        return errors.Count == 0 ? Split(text) : throw Fail.Invalid(errors);
    }

    /// <summary>Checks a reference.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="where">The input's place, for the errors.</param>
    public static IReadOnlyList<FieldError> Check(string? text, string where)
    {
        if (string.IsNullOrEmpty(text))
            return NameRules.Check(text, where, "data set");
        var (name, version) = Split(text);
        var errors = NameRules.Check(name, where, "data set").ToList();
        if (version is "latest")
            return errors;
        if (version is not null && !IsVersion(version))
            errors.Add(new FieldError(where, $"{Shown.Quote(version)} is not a version of a data set.",
                $"Write {MinDigits} to 64 of its lower-case hexadecimal digits, or leave '@…' out for the newest version."));
        return errors;
    }

    /// <summary>Whether a text is (the beginning of) a version.</summary>
    public static bool IsVersion(string text) => text.Length is >= MinDigits and <= 64 && text.All(char.IsAsciiHexDigitLower);

    /// <inheritdoc/>
    public override string ToString() => Version is null ? Name : DatasetSet.Id(Name, Version);

    private static DatasetRef Split(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? new DatasetRef(text, null) : new DatasetRef(text[..at], text[(at + 1)..] is "latest" ? null : text[(at + 1)..]);
    }
}
