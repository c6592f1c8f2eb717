using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Deployments;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>Sees to it that every deployment under way has a workflow, or ends with a word.</summary>
public sealed class DeploymentSweep(DeploymentSet deployments, IWorkflowClient workflows, DeploymentEnding ending)
{
    /// <summary>Sweeps once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var deployment in deployments.AllAsync(new Dictionary<string, string> { ["status"] = nameof(DeploymentStatus.Running) }, cancel))
        {
            var workflow = await workflows.FindAsync(deployment.Id, cancel);
            if (workflow is null)
                await workflows.StartAsync(DeploymentNames.Workflow, deployment.Id, new DeploymentInput(deployment.Id) { TraceParent = deployment.TraceParent }, cancel);
            else if (workflow.Status != WorkflowStatus.Running)
                await ending.EndAsync(deployment.Id, new DeploymentOutcome(false, Words(workflow), workflow.Failure?.Cure), goBack: true, cancel);
        }
    }

    private static string Words(WorkflowState workflow) => workflow.Status switch
    {
        WorkflowStatus.Terminated => $"The deployment was terminated: {workflow.Failure?.Message ?? "no reason was given"}",
        WorkflowStatus.Failed => $"The deployment's workflow failed: {workflow.Failure?.Message ?? "no reason was given"}",
        WorkflowStatus.Completed => "The deployment's workflow ended and left the deployment where it was.",
        WorkflowStatus.Running => throw new InvalidOperationException("A workflow that runs has no end."),
        _ => throw new ArgumentOutOfRangeException(nameof(workflow), workflow.Status, null),
    };
}
