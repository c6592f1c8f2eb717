using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.Core.Failures;

namespace Serverless.Core.Jobs;

/// <summary>What is kept of an agent's report: bounded, so that no program can make a job's document larger than a store takes.</summary>
public static class JobReports
{
    /// <summary>Most metrics whose last value stands in the job's document; all points stand in the attempt's metrics file.</summary>
    public const int MaxMetrics = 1_000;

    /// <summary>Longest name of such a metric, in characters.</summary>
    public const int MaxMetricName = 128;

    /// <summary>Most characters of an exit's message.</summary>
    public const int MaxMessage = 4_000;

    /// <summary>Most characters of an image's name with its digest.</summary>
    public const int MaxImage = 512;

    /// <summary>Refuses a report that contradicts itself.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static void Require(AttemptReport report)
    {
        if (report.FirstPoint < 0)
            throw Fail.Invalid("firstPoint", $"The position {report.FirstPoint} of the first metric point is negative.", "Count from 0.");
        if (report.Exit is null && report.Phase == AttemptPhase.Exited)
            throw Fail.Invalid("exit", "The phase is 'exited' and no exit is said.", "Say how the program ended.");
        if (report.Exit is not null && report.Phase != AttemptPhase.Exited)
            throw Fail.Invalid("exit", "An exit is said and the phase is not 'exited'.", "Send the exit with the phase 'exited' only.");
    }

    /// <summary>The last value of each metric after some more points.</summary>
    internal static IReadOnlyDictionary<string, double> LastValues(IReadOnlyDictionary<string, double> before, IReadOnlyList<MetricPoint> points)
    {
        if (points.Count == 0)
            return before;
        var values = new Dictionary<string, double>(before);
        foreach (var point in points)
        {
            if (point.Name.Length <= MaxMetricName && (values.Count < MaxMetrics || values.ContainsKey(point.Name)))
                values[point.Name] = point.Value;
        }

        return values;
    }

    /// <summary>The smallest and largest value of each metric after some more points; what is no number does not count.</summary>
    internal static IReadOnlyDictionary<string, MetricRange>? Ranges(IReadOnlyDictionary<string, MetricRange>? before, IReadOnlyList<MetricPoint> points)
    {
        if (points.Count == 0)
            return before;
        var ranges = before is null ? [] : new Dictionary<string, MetricRange>(before);
        foreach (var point in points)
        {
            if (double.IsNaN(point.Value) || point.Name.Length > MaxMetricName)
                continue;
            if (ranges.TryGetValue(point.Name, out var range))
                ranges[point.Name] = range.With(point.Value);
            else if (ranges.Count < MaxMetrics)
                ranges[point.Name] = new MetricRange(point.Value, point.Value);
        }

        return ranges;
    }

    /// <summary>The exit with its message and log lines cut to their limits.</summary>
    internal static AttemptExit? Bounded(AttemptExit? exit) =>
        exit is null
            ? null
            : exit with
            {
                Message = Cut(exit.Message, MaxMessage),
                LogTail = [.. exit.LogTail.TakeLast(AgentProtocol.LogTailLines).Select(line => Cut(line, AgentProtocol.LogTailLineLength)!)],
            };

    /// <summary>The image that a report names; one that is no image's name is not kept.</summary>
    internal static string? Image(AttemptReport report) =>
        report.Image is { Length: > 0 and <= MaxImage } image && image.All(c => c is > ' ' and < (char)127) ? image : null;

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..(length - 1)] + "…";
}
