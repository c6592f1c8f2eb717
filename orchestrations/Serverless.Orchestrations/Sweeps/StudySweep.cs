using Serverless.Core.Studies;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Studies;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>Sees to it that every live study has a workflow that drives it, or ends with a word.</summary>
public sealed class StudySweep
{
    private readonly StudySet studies;
    private readonly IWorkflowClient workflows;
    private readonly StudySubmission submission;
    private readonly StudyEnding ending;

    internal StudySweep(StudySet studies, IWorkflowClient workflows, StudySubmission submission, StudyEnding ending) =>
        (this.studies, this.workflows, this.submission, this.ending) = (studies, workflows, submission, ending);

    /// <summary>Sweeps once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var study in studies.AllAsync(new Dictionary<string, string> { ["active"] = "yes" }, cancel))
        {
            var workflow = await workflows.FindAsync(study.Workflow, cancel);
            if (workflow is null)
                await submission.StartAsync(study, cancel);
            else if (workflow.Status != WorkflowStatus.Running)
                await ending.EndAsync(new StudyEnd(study.Id, Words(workflow), workflow.Failure?.Cure, null) { Run = study.Run }, cancel);
            else if (workflow.Failure is { } parked && study.StopRequested)
                await workflows.TerminateAsync(study.Workflow, $"A stop was asked for, and the workflow cannot be run: {parked.Message}", cancel);
        }
    }

    private static string Words(WorkflowState workflow) => workflow.Status switch
    {
        WorkflowStatus.Terminated => $"The study's workflow was terminated: {workflow.Failure?.Message ?? "no reason was given"}",
        WorkflowStatus.Failed => $"The study's workflow failed: {workflow.Failure?.Message ?? "no reason was given"}",
        WorkflowStatus.Completed => "The study's workflow ended and left the study where it was.",
        WorkflowStatus.Running => throw new InvalidOperationException("A workflow that runs has no end."),
        _ => throw new ArgumentOutOfRangeException(nameof(workflow), workflow.Status, null),
    };
}
