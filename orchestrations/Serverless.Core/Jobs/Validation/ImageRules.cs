using System.Text.RegularExpressions;
using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs.Validation;

/// <summary>
/// What a container image may be called: the grammar of the OCI distribution specification's references. Nothing that passes can be taken for an option of a container runtime.
/// </summary>
public static partial class ImageRules
{
    /// <summary>Longest name without tag and digest, in characters (the distribution specification's limit).</summary>
    public const int NameLength = 255;

    private const string Cure = "Give [registry/]name[:tag][@sha256:digest], the name in lower case, such as 'ghcr.io/team/train:1.2'.";

    /// <summary>What is wrong with an image's name.</summary>
    /// <param name="image">The name.</param>
    /// <param name="where">Its place in the input.</param>
    /// <returns>At most one error.</returns>
    public static IReadOnlyList<FieldError> Check(string image, string where)
    {
        if (image.Length > NameLength + 128 + 80)
            return [new FieldError(where, $"The image's name has {image.Length} characters; the limit is {NameLength}, and 128 for its tag.", Cure)];
        var match = Reference().Match(image);
        if (!match.Success)
            return [new FieldError(where, $"{Shown.Quote(image)} is not a container image's name.", Cure)];
        return match.Groups["name"].Length > NameLength
            ? [new FieldError(where, $"The image's name has {match.Groups["name"].Length} characters; the limit is {NameLength}.", Cure)]
            : [];
    }

    [GeneratedRegex(
        @"\A(?<name>(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]{1,5})?/)?"
        + @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)"
        + @"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
