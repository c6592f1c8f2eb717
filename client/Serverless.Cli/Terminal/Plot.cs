using System.Text;

namespace Serverless.Cli.Terminal;

/// <summary>Points and a line as text: the line is what the points have reached so far.</summary>
internal static class Plot
{
    /// <summary>Rows of the drawing.</summary>
    private const int Rows = 8;

    /// <summary>Fewer steps than this get several columns each, up to <see cref="Widest"/>.</summary>
    private const int Few = 60;

    private const int Widest = 4;

    private const char Point = '·';
    private const char Line = '█';

    /// <summary>The rows, the highest first.</summary>
    /// <param name="points">A number for each step; NaN: none.</param>
    /// <param name="line">The line at each step; NaN: none.</param>
    /// <param name="low">What the lowest row stands for; less is drawn there.</param>
    /// <param name="high">What the highest row stands for.</param>
    /// <param name="width">All characters of a row.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<double> points, IReadOnlyList<double> line, double low, double high, int width)
    {
        string[] labels = [.. Enumerable.Range(0, Rows).Select(row => row == 0 ? Words.Number(high, 4) : row == Rows - 1 ? Words.Number(low, 4) : "")];
        var margin = labels.Max(label => label.Length);
        var columns = Math.Clamp(points.Count * Math.Clamp(Few / Math.Max(1, points.Count), 1, Widest), 1, Math.Max(1, width - margin - 2));
        var cells = new char[Rows, columns];
        for (var step = 0; step < points.Count; step++)
        {
            var (from, to) = ((int)((long)step * columns / points.Count), (int)((long)(step + 1) * columns / points.Count));
            if (!double.IsNaN(points[step]) && cells[RowOf(points[step], low, high), from] != Line)
                cells[RowOf(points[step], low, high), from] = Point;
            for (var column = from; !double.IsNaN(line[step]) && column < Math.Max(to, from + 1); column++)
                cells[RowOf(line[step], low, high), column] = Line;
        }

        var rows = new List<string>();
        for (var row = 0; row < Rows; row++)
        {
            var text = new StringBuilder(labels[row].PadLeft(margin)).Append(" │");
            for (var column = 0; column < columns; column++)
                text.Append(cells[row, column] == 0 ? ' ' : cells[row, column]);
            rows.Add(text.ToString().TrimEnd());
        }

        return rows;
    }

    private static int RowOf(double value, double low, double high)
    {
        var height = high > low ? (Math.Clamp(value, low, high) / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
        return Rows - 1 - (int)Math.Clamp(Math.Round(height * (Rows - 1)), 0, Rows - 1);
    }
}
