using System.Text;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Metrics;

/// <summary>Finds metrics in the lines that a program prints.</summary>
internal sealed class MetricLines
{
    private readonly IReadOnlyList<MetricPattern> patterns;
    private readonly PointQueue points;
    private readonly TimeProvider clock;

    /// <summary>Reads the expressions; those that cannot be used are told of and left out.</summary>
    public MetricLines(IReadOnlyList<MetricSpec> specs, PointQueue points, TimeProvider clock, Action<string> note)
    {
        this.points = points;
        this.clock = clock;
        var usable = new List<MetricPattern>();
        foreach (var spec in specs)
        {
            if (MetricPattern.TryCreate(spec, out var error) is { } pattern)
                usable.Add(pattern);
            else
                note($"The metric '{spec.Name}' is not read: its pattern '{spec.Pattern}' cannot be used: {error}.");
        }

        patterns = specs.Count == 0 ? [MetricPattern.NameIsNumber] : usable;
    }

    public void Accept(ReadOnlySpan<byte> line)
    {
        Span<char> text = stackalloc char[line.Length];
        text = text[..Encoding.UTF8.GetChars(line, text)];
        foreach (var pattern in patterns)
            pattern.Find(text, clock.GetUtcNow(), points.Add);
    }
}
