namespace Serverless.Cli.Terminal;

/// <summary>Numbers as a line of small columns.</summary>
internal static class Sparkline
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>The line: a character for each number, a blank for one that is none.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="low">What is lowest; less is drawn as it.</param>
    /// <param name="high">What is highest.</param>
    public static string Of(IEnumerable<double> values, double low, double high) =>
        string.Concat(values.Select(value => double.IsNaN(value) ? ' ' : Heights[Height(value, low, high)]));

    private static int Height(double value, double low, double high) => high > low
        ? (int)Math.Clamp(Math.Round((Math.Clamp(value, low, high) / 2 - low / 2) / (high / 2 - low / 2) * (Heights.Length - 1)), 0, Heights.Length - 1)
        : Heights.Length / 2;
}
