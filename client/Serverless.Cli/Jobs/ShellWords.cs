using System.Text;

namespace Serverless.Cli.Jobs;

/// <summary>
/// Splits a command as a shell would, without a shell: words are separated by blanks; <c>'…'</c> is taken as it is; in <c>"…"</c> a backslash keeps a
/// following <c>"</c>, <c>\</c>, <c>$</c> or backquote from meaning anything; elsewhere a backslash keeps the next character. Nothing is filled in and nothing is
/// piped: what a shell would act on is an error, so that nobody believes it happened.
/// </summary>
internal static class ShellWords
{
    private const string KeptInQuotes = "\"\\$`";
    private const string ActedOn = "|&;<>`";

    /// <summary>The words.</summary>
    /// <exception cref="FormatException">The text has an open quote, ends in a backslash, asks for what only a shell does, or has no words.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is ' ' or '\t' or '\n' or '\r')
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
                continue;
            }

            inWord = true;
            switch (c)
            {
                case '\'':
                    i = Single(text, i, word);
                    break;
                case '"':
                    i = Double(text, i, word);
                    break;
                case '\\' when i + 1 == text.Length:
                    throw new FormatException("It ends in a backslash, which keeps a character that is not there. Remove it, or write '\\\\' for a backslash.");
                case '\\':
                    word.Append(text[++i]);
                    break;
                default:
                    RefuseShell(text, i);
                    word.Append(c);
                    break;
            }
        }

        if (inWord)
            words.Add(word.ToString());
        return words.Count > 0 ? words : throw new FormatException("It has no words. Give a program and its arguments, such as \"python3 train.py\".");
    }

    /// <summary>A text that splits into these words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./:=,@%+".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";

    private static int Single(string text, int open, StringBuilder word)
    {
        var close = text.IndexOf('\'', open + 1);
        if (close < 0)
            throw new FormatException($"The ' at character {open + 1} is not closed. Close it, or write \\' for an apostrophe.");
        word.Append(text, open + 1, close - open - 1);
        return close;
    }

    private static int Double(string text, int open, StringBuilder word)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
                return i;
            if (text[i] == '\\' && i + 1 < text.Length && KeptInQuotes.Contains(text[i + 1]))
                i++;
            else
                RefuseFilling(text, i);
            word.Append(text[i]);
        }

        throw new FormatException($"The \" at character {open + 1} is not closed. Close it, or write \\\" for a quote.");
    }

    private static void RefuseShell(string text, int i)
    {
        RefuseFilling(text, i);
        if (ActedOn.Contains(text[i]))
            throw new FormatException($"The {text[i]} at character {i + 1} would mean something to a shell, and none runs here. Quote it ('{text[i]}'), or run a shell: sh -c '…'.");
    }

    private static void RefuseFilling(string text, int i)
    {
        if (text[i] == '`' || (text[i] == '$' && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '_' or '{' or '(')))
            throw new FormatException($"The {text[i]} at character {i + 1} would be filled in by a shell, and none runs here. Put it in single quotes, or run a shell: sh -c '…'.");
    }
}
