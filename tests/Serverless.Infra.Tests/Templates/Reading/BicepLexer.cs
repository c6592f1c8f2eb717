using System.Text;

namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>Cuts a Bicep file into tokens. Source: the language's specification, docs/grammar.md of Azure/bicep.</summary>
internal sealed class BicepLexer
{
    private static readonly string[] Marks = ["??", "?.", ".?", "&&", "||", "==", "!=", "=~", "!~", "<=", ">=", "=>", "..."];
    private readonly string file;
    private readonly string text;
    private int at;
    private int line = 1;

    private BicepLexer(string file, string text) => (this.file, this.text) = (file, text);

    /// <summary>The comments that stand at the end of a line, by line.</summary>
    public Dictionary<int, string> Comments { get; } = [];

    /// <summary>All tokens, the last of which is the end.</summary>
    public static (IReadOnlyList<BicepToken> Tokens, IReadOnlyDictionary<int, string> Comments) Read(string file, string text)
    {
        var lexer = new BicepLexer(file, text.ReplaceLineEndings("\n"));
        return (lexer.ReadUntil(null), lexer.Comments);
    }

    private List<BicepToken> ReadUntil(char? end)
    {
        var tokens = new List<BicepToken>();
        var depth = 0;
        while (true)
        {
            SkipBlanks();
            if (at >= text.Length)
            {
                if (end is not null)
                    throw Error("The text is not closed.");
                tokens.Add(new BicepToken(BicepTokenKind.End, "", line));
                return tokens;
            }

            if (text[at] == end && depth == 0)
            {
                tokens.Add(new BicepToken(BicepTokenKind.End, "", line));
                return tokens;
            }

            depth += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            tokens.Add(Next());
        }
    }

    private void SkipBlanks()
    {
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t')
                at++;
            else if (Begins("//"))
            {
                var stop = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
                Comments[line] = text[(at + 2)..stop].Trim();
                at = stop;
            }
            else if (Begins("/*"))
            {
                var stop = text.IndexOf("*/", at, StringComparison.Ordinal);
                if (stop < 0)
                    throw Error("The comment is not closed.");
                line += text[at..stop].Count(c => c == '\n');
                at = stop + 2;
            }
            else
                return;
        }
    }

    private BicepToken Next()
    {
        var c = text[at];
        if (c == '\n')
        {
            at++;
            return new BicepToken(BicepTokenKind.NewLine, "\n", line++);
        }

        if (c == '\'')
            return Begins("'''") ? Block() : Text();
        if (char.IsAsciiLetter(c) || c == '_')
            return new BicepToken(BicepTokenKind.Name, While(x => char.IsAsciiLetterOrDigit(x) || x == '_'), line);
        if (char.IsAsciiDigit(c))
            return new BicepToken(BicepTokenKind.Number, While(char.IsAsciiDigit), line);
        var mark = Marks.FirstOrDefault(Begins) ?? c.ToString();
        if (mark.Length == 1 && !"{}[]().,:?=!<>+-*/%@|".Contains(c, StringComparison.Ordinal))
            throw Error($"'{c}' has no meaning here.");
        at += mark.Length;
        return new BicepToken(BicepTokenKind.Mark, mark, line);
    }

    private BicepToken Text()
    {
        var start = line;
        at++;
        var parts = new List<object>();
        var piece = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || text[at] == '\n')
                throw Error("The text is not closed.");
            var c = text[at++];
            if (c == '\'')
                break;
            if (c == '$' && at < text.Length && text[at] == '{')
            {
                at++;
                Add(parts, piece);
                parts.Add(ReadUntil('}'));
                at++;
            }
            else
                piece.Append(c == '\\' ? Escaped() : c);
        }

        Add(parts, piece);
        return new BicepToken(BicepTokenKind.Text, "", start, parts);
    }

    private BicepToken Block()
    {
        var start = line;
        var stop = text.IndexOf("'''", at + 3, StringComparison.Ordinal);
        if (stop < 0)
            throw Error("The text is not closed.");
        var value = text[(at + 3)..stop];
        line += value.Count(c => c == '\n');
        at = stop + 3;
        return new BicepToken(BicepTokenKind.Text, "", start, [value]);
    }

    private char Escaped()
    {
        var c = at < text.Length ? text[at++] : '\0';
        return c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '\\' or '\'' or '$' => c,
            _ => throw Error($"'\\{c}' is no escape that this reader knows."),
        };
    }

    private static void Add(List<object> parts, StringBuilder piece)
    {
        if (piece.Length > 0)
            parts.Add(piece.ToString());
        piece.Clear();
    }

    private string While(Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at]))
            at++;
        return text[start..at];
    }

    private bool Begins(string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private BicepSyntaxException Error(string message) => new(file, line, message);
}
