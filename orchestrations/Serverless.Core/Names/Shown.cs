using System.Globalization;
using System.Text;

namespace Serverless.Core.Names;

/// <summary>Text from outside, made fit to be shown in messages, logs and terminals.</summary>
public static class Shown
{
    /// <summary>The text in single quotes, cut to a length, with every character that a terminal or log would act on escaped.</summary>
    public static string Quote(string text, int maxLength = 120)
    {
        var shown = new StringBuilder(Math.Min(text.Length, maxLength) + 3).Append('\'');
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > maxLength)
                return shown.Append("…'").ToString();
            if (IsPlain(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return shown.Append('\'').ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
