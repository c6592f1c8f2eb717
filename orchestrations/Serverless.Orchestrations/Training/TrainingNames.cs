using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Training;

/// <summary>The names under which histories know the workflow and its activities. They never change.</summary>
public static class TrainingNames
{
    /// <summary>The workflow of a job.</summary>
    public static readonly WorkflowName<TrainingInput, Nothing> Workflow = new("training");
}
