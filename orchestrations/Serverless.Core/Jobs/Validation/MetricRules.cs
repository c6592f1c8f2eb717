using System.Text.RegularExpressions;
using Serverless.Contracts.Jobs;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Rules for how metrics are read. Patterns are matched without backtracking, so none can be made to explode.</summary>
internal static class MetricRules
{
    public static void Check(IReadOnlyList<MetricSpec> metrics, FieldErrors errors)
    {
        if (!errors.Count("metrics", metrics.Count, JobLimits.Metrics, "metrics"))
            return;
        for (var i = 0; i < metrics.Count; i++)
        {
            if (metrics[i] is not { } metric)
            {
                errors.Add($"metrics[{i}]", "The metric is null.", "Give its name and pattern, or its name and tag.");
                continue;
            }

            errors.AddRange(NameRules.CheckDisplay(metric.Name ?? "", errors.At($"metrics[{i}].name")));
            if (metric.Tag is null)
                CheckPattern(metric.Pattern ?? "", $"metrics[{i}].pattern", errors);
            else if (metric.Pattern is not null)
                errors.Add($"metrics[{i}]", $"The metric {Shown.Quote(metric.Name ?? "")} has both a pattern and a tag.", "Give the pattern to read it from the output, or the tag to read it from event files.");
            if (metric.Tag is { } tag && (tag.Length > JobLimits.TagLength || tag.Trim().Length == 0))
                errors.Add($"metrics[{i}].tag", $"The tag has {tag.Trim().Length} characters; 1 to {JobLimits.TagLength} are allowed.", "Give the tag as the program writes it, such as 'eval/accuracy'.");
            if (metric.Events is { } events)
                CheckEvents(events, metric.Tag is not null, $"metrics[{i}].events", errors);
        }
    }

    private static void CheckEvents(string events, bool hasTag, string where, FieldErrors errors)
    {
        if (!hasTag)
            errors.Add(where, "A folder of event files is given, and no tag.", "Name the tag of the scalar that is read from them.");
        errors.AddRange(PathRules.Check(events.TrimEnd('/'), errors.At(where)));
        if (events.Split('/')[0].AsSpan().ContainsAny('*', '?'))
            errors.Add(where, $"The pattern {Shown.Quote(events)} begins with '*' or '?'.", "Begin with the name of a folder, such as 'runs/**', so that not all of the job's files are looked through.");
    }

    private static void CheckPattern(string pattern, string where, FieldErrors errors)
    {
        if (pattern.Length is 0 or > JobLimits.PatternLength)
        {
            errors.Add(where, $"The pattern has {pattern.Length} characters; 1 to {JobLimits.PatternLength} are allowed.", pattern.Length == 0 ? "Give a pattern, or the tag of a scalar in event files." : "Shorten it.");
            return;
        }

        try
        {
            var expression = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (expression.GetGroupNumbers().Length < 2)
                errors.Add(where, $"The pattern {Shown.Quote(pattern)} has no group.", "Put the number in parentheses, as in 'loss: ([0-9.]+)'.");
        }
        catch (NotSupportedException e)
        {
            errors.Add(where, $"The pattern {Shown.Quote(pattern)} needs backtracking or is too large: {e.Message}", "Leave out back-references, look-around and atomic groups, and large counts.");
        }
        catch (ArgumentException e)
        {
            errors.Add(where, $"The pattern {Shown.Quote(pattern)} is not a regular expression: {e.Message}", "Correct it; a literal bracket or dot needs a backslash.");
        }
    }
}
