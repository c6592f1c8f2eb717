using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Studies;

/// <summary>The names under which histories know the workflow and its activities. They never change.</summary>
public static class StudyNames
{
    /// <summary>The workflow of a study.</summary>
    public static readonly WorkflowName<StudyInput, Nothing> Workflow = new("study");

    internal static readonly ActivityName<StudyStep, StudySeen> Look = new("study.look");
    internal static readonly ActivityName<StudyStep, StudyPublished> Publish = new("study.publish");
    internal static readonly ActivityName<StudyEnd, Nothing> End = new("study.end");
}
