using System.Globalization;
using System.Text;

namespace Serverless.Cli.Terminal;

/// <summary>
/// Lines that are drawn again in their place. A frame is one write, so that it does not flicker; between frames the cursor stands on the line below, visible and with no colour on, so that the
/// terminal is sane wherever the process ends, also by a kill.
/// </summary>
/// <param name="terminal">A terminal that knows the control sequences of ECMA-48.</param>
/// <param name="color">Whether there are colours.</param>
internal sealed class LiveFrame(TextWriter terminal, bool color)
{
    private IReadOnlyList<int> drawn = [];

    /// <summary>Draws, over what was drawn before.</summary>
    /// <param name="lines">The lines, each narrower than the window; fewer than the window has.</param>
    /// <param name="columns">The window's width.</param>
    public void Draw(IReadOnlyList<FrameLine> lines, int columns)
    {
        var text = new StringBuilder("\r");

        // Lines of a window that was wider are wrapped now, and take several each.
        var up = drawn.Sum(width => Math.Max(1, (width + columns - 1) / columns));
        if (up > 0)
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{up}A");
        foreach (var line in lines)
        {
            var look = color ? Code(line.Look) : "";
            text.Append(look).Append(line.Text).Append(look.Length > 0 ? "\u001b[0m" : "").Append("\u001b[K\n");
        }

        text.Append("\u001b[J");
        drawn = [.. lines.Select(line => TextCells.Width(line.Text))];
        terminal.Write(text.ToString());
        terminal.Flush();
    }

    private static string Code(LineLook look) => look switch
    {
        LineLook.Plain => "",
        LineLook.Strong => "\u001b[1m",
        LineLook.Faint => "\u001b[2m",
        LineLook.Good => "\u001b[32m",
        LineLook.Bad => "\u001b[31m",
        _ => throw new ArgumentOutOfRangeException(nameof(look), look, null),
    };
}
