using System.Globalization;
using System.Text;
using Serverless.Cli.Shell;

namespace Serverless.Cli.Endpoints;

/// <summary>
/// A row as it is typed: <c>column=value,column=value</c>. A value is a number when it reads as one, missing when it is empty, text otherwise;
/// in double quotes it is text whatever it holds, and <c>""</c> in it is a quote.
/// </summary>
internal static class RowText
{
    /// <summary>Reads a row.</summary>
    /// <exception cref="CliException">It is of another form.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string text)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length;)
        {
            var equals = text.IndexOf('=', i);
            if (equals <= i)
                throw Wrong(text, $"there is no 'column=' at character {i + 1}");
            var column = text[i..equals].Trim();
            i = equals + 1;
            var value = i < text.Length && text[i] == '"' ? Quoted(text, ref i) : Plain(text, ref i);
            if (!row.TryAdd(column, value))
                throw Wrong(text, $"the column '{column}' is there twice");
            if (i < text.Length && text[i++] != ',')
                throw Wrong(text, $"after a closing quote comes a comma, not '{text[i - 1]}'");
        }

        return row.Count > 0 ? row : throw Wrong(text, "it is empty");
    }

    private static object? Plain(string text, ref int i)
    {
        var comma = text.IndexOf(',', i);
        var end = comma < 0 ? text.Length : comma;
        var value = text[i..end].Trim();
        i = end;
        if (value.Length == 0)
            return null;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : value;
    }

    private static string Quoted(string text, ref int i)
    {
        var value = new StringBuilder();
        for (i++; i < text.Length; i++)
        {
            if (text[i] != '"')
                value.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '"')
                value.Append(text[i++]);
            else
            {
                i++;
                return value.ToString();
            }
        }

        throw Wrong(text, "a quote is not closed");
    }

    private static CliException Wrong(string text, string why) =>
        CliException.Usage($"--row {Terminal.SafeText.Quote(text)} is no row: {why}.", "Write it as a=1,b=red,c=\"one, two\".");
}
