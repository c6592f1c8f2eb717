using System.Globalization;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Core.Names;

namespace Serverless.Core.Studies.Validation;

/// <summary>Whether trials of an earlier study can mean anything to a new one.</summary>
public static class WarmStartRules
{
    /// <summary>What stands against taking any trial of a study.</summary>
    /// <param name="spec">The new study.</param>
    /// <param name="index">Which of its earlier studies.</param>
    /// <param name="earlier">That study; null when it is not there.</param>
    public static IEnumerable<FieldError> Check(StudySpec spec, int index, StudySpec? earlier)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"warmStart[{index}]");
        var id = Shown.Quote(spec.WarmStart[index]);
        if (earlier is null)
        {
            yield return new(at, $"There is no study {id}.", "List the studies to find its id.");
            yield break;
        }

        foreach (var objective in spec.Objectives)
        {
            if (!earlier.Objectives.Any(other => other.Metric == objective.Metric && other.Direction == objective.Direction))
                yield return new(at, $"The study {id} has no objective {Shown.Quote(objective.Metric)} of the same direction, so none of its trials says anything here.", $"Leave it out, or name a study with one of these objectives: {Names(earlier.Objectives.Select(other => other.Metric))}.");
        }

        var known = earlier.Space.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in spec.Space.Parameters.Where(parameter => parameter.When is null && parameter.Type != ParameterType.Constant && !known.Contains(parameter.Name)))
            yield return new(at, $"The study {id} has no parameter {Shown.Quote(parameter.Name)}, so none of its trials is a point of this space.", $"Leave the study out, or make the parameter a constant. Its parameters: {Names(known)}.");
    }

    private static string Names(IEnumerable<string> names)
    {
        const int Most = 20;
        return string.Join(", ", names.Take(Most).Select(Shown.Quote));
    }
}
