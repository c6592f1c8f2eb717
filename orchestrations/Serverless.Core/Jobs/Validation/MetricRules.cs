using System.Text.RegularExpressions;
using Serverless.Contracts.Jobs;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Rules for the patterns by which metrics are read. They are matched without backtracking, so none can be made to explode.</summary>
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
                errors.Add($"metrics[{i}]", "The metric is null.", "Give its name and pattern.");
                continue;
            }

            errors.AddRange(NameRules.CheckDisplay(metric.Name ?? "", errors.At($"metrics[{i}].name")));
            CheckPattern(metric.Pattern ?? "", $"metrics[{i}].pattern", errors);
        }
    }

    private static void CheckPattern(string pattern, string where, FieldErrors errors)
    {
        if (pattern.Length is 0 or > JobLimits.PatternLength)
        {
            errors.Add(where, $"The pattern has {pattern.Length} characters; 1 to {JobLimits.PatternLength} are allowed.", "Shorten it.");
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
