using System.Globalization;

namespace Serverless.Benchmarks;

/// <summary>The runs of one measurement.</summary>
/// <param name="name">What was measured, with its unit.</param>
internal sealed class Figures(string name)
{
    private readonly List<double> runs = [];

    /// <summary>What was measured.</summary>
    public string Name => name;

    /// <summary>The middle of the runs.</summary>
    public double Median
    {
        get
        {
            var sorted = runs.Order().ToList();
            return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
        }
    }

    /// <summary>Adds a run.</summary>
    public void Add(double value) => runs.Add(value);

    /// <summary>A row of a Markdown table: name, minimum, median, maximum, runs.</summary>
    public string Row() =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {runs.Min():0.0} | {Median:0.0} | {runs.Max():0.0} | {runs.Count} |");
}
