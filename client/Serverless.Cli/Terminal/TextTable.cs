using System.Text;
using Spectre.Console;

namespace Serverless.Cli.Terminal;

/// <summary>Rows in columns, without borders, for eyes and for <c>grep</c>.</summary>
internal sealed class TextTable
{
    private readonly Table table = new Table().NoBorder();
    private bool isEmpty = true;

    /// <summary>A table with these columns; a header that ends with <c>&gt;</c> is of a column of numbers, one that ends with <c>*</c> of one that gives way where there is little room.</summary>
    public TextTable(params string[] headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            var column = new TableColumn(new Text(headers[i].TrimEnd('>', '*'))) { Padding = new Padding(0, 0, i == headers.Length - 1 ? 0 : 2, 0), NoWrap = !headers[i].EndsWith('*') };
            table.AddColumn(headers[i].EndsWith('>') ? column.RightAligned() : column);
        }
    }

    /// <summary>A row; a missing value is shown as a dash.</summary>
    public void Row(params string?[] cells)
    {
        string[] safe = [.. cells.Select(cell => SafeText.Line(string.IsNullOrEmpty(cell) ? "-" : cell))];
        isEmpty = false;
        table.AddRow(safe.Select(cell => new Text(cell)));
    }

    /// <summary>The text, without trailing spaces.</summary>
    public string Render(int width)
    {
        if (isEmpty)
            return "";
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        console.Write(table);
        var trimmed = new StringBuilder();
        foreach (var line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            trimmed.Append(line.TrimEnd()).Append('\n');
        return trimmed.ToString();
    }
}
