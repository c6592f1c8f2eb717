using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Training;

/// <summary>The names under which histories know the workflow and its activities. They never change.</summary>
public static class TrainingNames
{
    /// <summary>The workflow of a job.</summary>
    public static readonly WorkflowName<TrainingInput, Nothing> Workflow = new("training");

    internal static readonly ActivityName<JobStep, JobSeen> Admit = new("training.admit");
    internal static readonly ActivityName<ObserveInput, JobSeen> Observe = new("training.observe");
    internal static readonly ActivityName<JobStep, StepTaken> Register = new("training.register");
    internal static readonly ActivityName<JobStep, StepTaken> Gate = new("training.gate");
    internal static readonly ActivityName<JobEnd, Nothing> End = new("training.end");
    internal static readonly ActivityName<JobStep, Nothing> Release = new("training.release");
}
