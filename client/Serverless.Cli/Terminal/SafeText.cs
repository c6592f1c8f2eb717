using System.Globalization;
using System.Text;

namespace Serverless.Cli.Terminal;

/// <summary>Text from a host, made fit for a terminal: nothing in it moves the cursor, changes colours, or turns the direction of reading.</summary>
internal static class SafeText
{
    /// <summary>One line: every control, format and private character and every line break is shown as an escape; a tab passes.</summary>
    public static string Line(string text)
    {
        if (text.EnumerateRunes().All(IsPlain))
            return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
                safe.Append(rune);
            else
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return safe.ToString();
    }

    /// <summary>Several lines: line breaks pass too.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Line));

    /// <summary>One line in quotes, cut to 80 characters.</summary>
    public static string Quote(string text) => text.Length > 80 ? $"'{Line(text[..80])}…'" : $"'{Line(text)}'";

    private static bool IsPlain(Rune rune) => rune.Value == '\t' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
