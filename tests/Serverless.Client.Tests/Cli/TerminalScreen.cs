using System.Globalization;
using System.Text;
using Serverless.Cli.Terminal;

namespace Serverless.Client.Tests.Cli;

/// <summary>A terminal as a person sees it: what is written moves a cursor over cells, lines wrap and scroll away, and a resize wraps anew what was wrapped.</summary>
internal sealed class TerminalScreen(int columns, int rows) : TextWriter
{
    /// <summary>Lines as they were written, and how much of each; a line longer than the window takes several rows.</summary>
    private readonly List<StringBuilder> lines = [new()];
    private int line;
    private int column;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Whether a colour is on.</summary>
    public bool IsColored { get; private set; }

    /// <summary>Every colour that was ever on.</summary>
    public List<string> Colors { get; } = [];

    public bool IsCursorShown { get; private set; } = true;

    /// <summary>The text, all that was ever written, without what was drawn over.</summary>
    public string Text => string.Join('\n', lines.Select(text => text.ToString().TrimEnd())).TrimEnd('\n');

    public int CursorColumn => column;

    public void Resize(int newColumns, int newRows) => (columns, rows) = (newColumns, newRows);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        for (var i = 0; i < value!.Length; i++)
        {
            if (value[i] == '\u001b')
                i = Control(value, i);
            else
                Put(value[i]);
        }
    }

    private void Put(char value)
    {
        switch (value)
        {
            case '\r': column = 0; break;
            case '\n': Down(); break;
            default:
                Assert.False(char.IsControl(value), $"The control character {(int)value:x} reached the terminal.");
                var text = lines[line];
                text.Append(' ', Math.Max(0, column - text.Length));
                if (column < text.Length)
                    text[column] = value;
                else
                    text.Append(value);
                column++;
                break;
        }
    }

    private void Down()
    {
        line++;
        column = 0;
        if (line == lines.Count)
            lines.Add(new());
    }

    private int Control(string text, int at)
    {
        Assert.True(at + 1 < text.Length && text[at + 1] == '[', "An escape sequence that is no control sequence.");
        var end = at + 2;
        while (!char.IsAsciiLetter(text[end]))
            end++;
        var argument = text[(at + 2)..end];
        switch (text[end])
        {
            case 'A': Up(int.Parse(argument, CultureInfo.InvariantCulture)); break;
            case 'K': lines[line].Length = Math.Min(lines[line].Length, column); break;
            case 'J':
                lines[line].Length = Math.Min(lines[line].Length, column);
                lines.RemoveRange(line + 1, lines.Count - line - 1);
                break;
            case 'm':
                IsColored = argument != "0";
                Colors.Add(argument);
                break;
            case 'h' or 'l' when argument == "?25": IsCursorShown = text[end] == 'h'; break;
            default: Assert.Fail($"The sequence '{text[at..(end + 1)]}' is not one that this terminal knows."); break;
        }

        return end;
    }

    /// <summary>Up by rows of the window: a wrapped line has several. What scrolled away is not reached.</summary>
    private void Up(int count)
    {
        for (var above = 0; count > 0; count -= above)
        {
            Assert.True(line > 0, "The cursor was moved above the first line.");
            line--;
            above = Math.Max(1, (TextCells.Width(lines[line].ToString()) + columns - 1) / columns);
            Assert.True(above <= count, "The cursor was moved into the middle of a line that is wrapped.");
        }

        var seen = lines.Skip(line).Sum(text => Math.Max(1, (text.Length + columns - 1) / columns));
        Assert.True(seen <= rows, $"The cursor was moved {seen} rows up in a window of {rows}: what scrolled away cannot be drawn again.");
        column = 0;
    }
}
