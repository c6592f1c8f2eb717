using System.Globalization;

namespace Serverless.Benchmarks.Workflows;

/// <summary>What a load came to.</summary>
/// <param name="InFlight">How many workflows were under way at once.</param>
/// <param name="PerSecond">Workflows a second.</param>
/// <param name="P50">Median time of one, in milliseconds.</param>
/// <param name="P99">The 99th percentile.</param>
internal sealed record Load(int InFlight, double PerSecond, double P50, double P99)
{
    /// <summary>Sums up the times of single workflows.</summary>
    public static Load Of(int inFlight, IReadOnlyList<double> milliseconds, TimeSpan elapsed)
    {
        var sorted = milliseconds.Order().ToList();
        return new Load(inFlight, sorted.Count / elapsed.TotalSeconds, sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)]);
    }

    /// <summary>A row of a Markdown table.</summary>
    public string Row(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {InFlight} | {PerSecond:0} | {PerSecond * 5:0} | {P50:0.0} | {P99:0.0} |");
}
