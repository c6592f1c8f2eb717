using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>Objectives by name.</summary>
internal static class ObjectiveNames
{
    /// <summary>The objective's place.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>: there is none of that name.</exception>
    public static int Find(StudySpec spec, string? metric)
    {
        if (metric is null)
            return 0;
        for (var i = 0; i < spec.Objectives.Count; i++)
        {
            if (spec.Objectives[i].Metric == metric)
                return i;
        }

        throw Fail.Invalid([new FieldError(
            $"query.{FindingNames.Objective}",
            $"The study has no objective {Shown.Quote(metric)}.",
            $"Give {string.Join(" or ", spec.Objectives.Select(objective => Shown.Quote(objective.Metric)))}.")]);
    }
}
