using System.Globalization;
using System.Text.RegularExpressions;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Metrics;

/// <summary>A user's way to find a metric in a line. Matching is linear in the line's length, whatever the expression is.</summary>
internal sealed class MetricPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex regex;
    private readonly string name;
    private readonly int valueGroup;

    private MetricPattern(Regex regex, string name, int valueGroup)
    {
        this.regex = regex;
        this.name = name;
        this.valueGroup = valueGroup;
    }

    /// <summary>Reads a user's expression.</summary>
    /// <param name="spec">Its first group is the number; a group named <c>step</c> is the step.</param>
    /// <param name="error">Why it cannot be used.</param>
    public static MetricPattern? TryCreate(MetricSpec spec, out string? error)
    {
        try
        {
            var regex = new Regex(spec.Pattern ?? "", Options);
            var group = regex.GetGroupNumbers().FirstOrDefault(number => number > 0 && regex.GroupNameFromNumber(number) != "step");
            error = group > 0 ? null : "it has no group for the number; put the number in parentheses, such as 'loss: ([0-9.]+)'";
            return error is null ? new MetricPattern(regex, spec.Name, group) : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            error = wrong.Message;
            return null;
        }
    }

    /// <summary>Every value in a line.</summary>
    public void Find(ReadOnlySpan<char> line, DateTimeOffset at, Action<MetricPoint> found)
    {
        if (!regex.IsMatch(line))
            return;
        for (var match = regex.Match(line.ToString()); match.Success; match = match.NextMatch())
        {
            if (MetricNumber.Read(match.Groups[valueGroup].ValueSpan.TrimEnd(".,")) is { } value)
                found(new MetricPoint(name, value, Step(match), at));
        }
    }

    private static long? Step(Match match) =>
        match.Groups.TryGetValue("step", out var group) && group.Success
        && long.TryParse(group.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var step) ? step : null;
}
