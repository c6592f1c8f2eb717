using System.Globalization;
using System.Text;

namespace Serverless.Cli.Terminal;

/// <summary>Text as a terminal lays it out, in cells: wide characters take two, marks that stand on another take none.</summary>
internal static class TextCells
{
    /// <summary>How many cells a text takes.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    /// <summary>A text in at most so many cells; where it is cut, it ends with a mark.</summary>
    public static string Cut(string text, int cells, char mark)
    {
        if (Width(text) <= cells)
            return text;
        var (cut, left) = (new StringBuilder(), cells - 1);
        foreach (var rune in text.EnumerateRunes())
        {
            left -= Width(rune);
            if (left < 0)
                break;
            cut.Append(rune);
        }

        return cells < 1 ? "" : cut.Append(mark).ToString();
    }

    /// <summary>A text in exactly so many cells.</summary>
    public static string Fit(string text, int cells, char mark, bool right)
    {
        var cut = Cut(text, cells, mark);
        var blanks = new string(' ', Math.Max(0, cells - Width(cut)));
        return right ? blanks + cut : cut + blanks;
    }

    /// <summary>The cells of a character; wide ones by the blocks that Unicode's East Asian Width calls wide (UAX #11).</summary>
    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        ? 0
        : rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD)
            ? 2
            : 1;
}
