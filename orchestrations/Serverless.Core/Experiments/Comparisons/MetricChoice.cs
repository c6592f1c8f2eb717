using Serverless.Contracts.Experiments;
using Serverless.Contracts.Studies;

namespace Serverless.Core.Experiments.Comparisons;

/// <summary>A metric and which of its values is meant.</summary>
/// <param name="Metric">The metric's name, as runs report it.</param>
/// <param name="Pick">Which of its values.</param>
public sealed record MetricChoice(string Metric, MetricPick Pick)
{
    /// <summary>The column's name: the metric's, with the pick behind it unless it is the last value.</summary>
    public string Column => Pick == MetricPick.Last ? Metric : $"{Metric}:{Pick.ToString().ToLowerInvariant()}";

    /// <summary>Reads <c>NAME</c> or <c>NAME:last|min|max|best</c>; a colon with another word behind it belongs to the name.</summary>
    public static MetricChoice Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var pick = colon < 0 ? null : text[(colon + 1)..] switch
        {
            "last" => MetricPick.Last,
            "min" => MetricPick.Min,
            "max" => MetricPick.Max,
            "best" => MetricPick.Best,
            _ => (MetricPick?)null,
        };
        return pick is { } known && colon > 0 ? new MetricChoice(text[..colon], known) : new MetricChoice(text, MetricPick.Last);
    }

    /// <summary>The value of a run; null when it has none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="goal">Which values are good; only asked for the best.</param>
    public double? Of(ExperimentRun run, ObjectiveDirection? goal) => !run.Metrics.TryGetValue(Metric, out var metric) ? null : Pick switch
    {
        MetricPick.Last => metric.Last,
        MetricPick.Min => metric.Min,
        MetricPick.Max => metric.Max,
        MetricPick.Best => goal switch { ObjectiveDirection.Maximize => metric.Max, ObjectiveDirection.Minimize => metric.Min, _ => null },
        _ => throw new ArgumentOutOfRangeException(nameof(run), Pick, null),
    };
}
