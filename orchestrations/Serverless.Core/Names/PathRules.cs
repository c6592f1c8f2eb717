using System.Globalization;
using System.Text;
using Serverless.Contracts.Content;
using Serverless.Contracts.Problems;

namespace Serverless.Core.Names;

/// <summary>What a relative path may look like, wherever one comes in.</summary>
public static class PathRules
{
    /// <summary>Checks a path.</summary>
    /// <param name="path">The path; null is an error too.</param>
    /// <param name="where">The input's place, for the errors.</param>
    /// <returns>All errors; empty when it is good.</returns>
    public static IReadOnlyList<FieldError> Check(string? path, string where)
    {
        if (string.IsNullOrEmpty(path))
            return [new FieldError(where, "The path is empty.", "Give a relative path such as 'folder/file.csv'.")];

        var errors = new List<FieldError>();
        void Add(string message, string cure) => errors.Add(new FieldError(where, message, cure));
        var shown = Shown.Quote(path);
        if (path.Length > ContentLimits.PathLength)
            Add($"The path {shown} has {path.Length} characters; the limit is {ContentLimits.PathLength}.", "Shorten it.");
        if (path[0] == '/' || path.Contains('\\') || path.Contains(':'))
            Add($"The path {shown} is absolute or has a backslash or a colon.", "Give a path relative to the folder, with forward slashes.");
        if (path.Contains('%'))
            Add($"The path {shown} has a percent sign.", "Rename the file: a percent sign reads differently before and after decoding.");
        if (HasForbiddenCharacter(path))
            Add($"The path {shown} has a control, invisible or direction-changing character, or a lone surrogate.", "Rename the file with visible characters only.");
        else if (!path.IsNormalized(NormalizationForm.FormC) || HasLooseMark(path))
            Add($"The path {shown} is not in Unicode normalization form C.", "Normalize the name to form C.");
        foreach (var segment in path.Split('/'))
            CheckSegment(segment, shown, Add);
        return errors;
    }

    /// <summary>Two paths that differ only in case or in look: they would be one file on some disks.</summary>
    /// <returns>The pairs' second members; empty when all are distinct.</returns>
    public static IReadOnlyList<string> Clashes(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. paths.Where(path => !seen.Add(path))];
    }

    private static void CheckSegment(string segment, string shown, Action<string, string> add)
    {
        if (segment.Length == 0)
            add($"The path {shown} has an empty segment.", "Remove the doubled, leading or trailing slash.");
        else if (segment is "." or "..")
            add($"The path {shown} has the segment '{segment}'.", "Write the path without '.' and '..'.");
        else if (segment[0] == '-')
            add($"The path {shown} has a segment that begins with a dash.", "Rename it: programs would take it for an option.");
        else if (segment[^1] is '.' or ' ' || segment[0] == ' ')
            add($"The path {shown} has a segment that begins or ends with a space, or ends with a dot.", "Rename it: not every disk can hold that name.");
        else if (Encoding.UTF8.GetByteCount(segment) > ContentLimits.SegmentBytes)
            add($"The path {shown} has a segment of {Encoding.UTF8.GetByteCount(segment)} bytes; the limit is {ContentLimits.SegmentBytes}.", "Shorten it.");
    }

    /// <summary>Without the system's tables of characters (they cost start-up time) a text counts as normalized whatever it is; the marks that compose with letters (U+0300–U+036F) and the parts of Korean syllables show one that is not.</summary>
    private static bool HasLooseMark(string path) => path.Any(c => c is >= '\u0300' and <= '\u036f' or >= '\u1100' and <= '\u11ff');

    internal static bool HasForbiddenCharacter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return true;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return true;
        }

        return false;
    }
}
