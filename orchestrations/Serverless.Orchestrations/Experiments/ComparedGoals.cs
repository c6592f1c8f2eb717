using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Studies;

namespace Serverless.Orchestrations.Experiments;

/// <summary>Which values of metrics are good: a study's objectives say so, and a gate does.</summary>
internal static class ComparedGoals
{
    /// <summary>By a study's objectives, and for other metrics by its gate.</summary>
    public static IReadOnlyDictionary<string, ObjectiveDirection> Of(StudyRecord study)
    {
        var goals = new Dictionary<string, ObjectiveDirection>(Of(study.Spec.Job), StringComparer.Ordinal);
        foreach (var objective in study.Spec.Objectives)
            goals[objective.Metric] = objective.Direction;
        return goals;
    }

    /// <summary>By a job's gate.</summary>
    public static IReadOnlyDictionary<string, ObjectiveDirection> Of(JobSpec job)
    {
        var goals = new Dictionary<string, ObjectiveDirection>(StringComparer.Ordinal);
        foreach (var gate in job.Model?.Gate ?? [])
            goals[gate.Metric] = gate.Operator is GateOperator.AtLeast or GateOperator.Above ? ObjectiveDirection.Maximize : ObjectiveDirection.Minimize;
        return goals;
    }
}
