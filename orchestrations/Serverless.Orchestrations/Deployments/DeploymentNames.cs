using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Deployments;

/// <summary>The names under which histories know the workflow and its activities. They never change.</summary>
public static class DeploymentNames
{
    /// <summary>The workflow that puts a model version behind an endpoint.</summary>
    public static readonly WorkflowName<DeploymentInput, DeploymentOutcome> Workflow = new("deployment");

    internal static readonly ActivityName<DeploymentInput, DeploymentOutcome> Check = new("deployment.check");
    internal static readonly ActivityName<DeploymentInput, DeploymentOutcome> Probe = new("deployment.probe");
    internal static readonly ActivityName<DeploymentInput, DeploymentOutcome> Route = new("deployment.route");
    internal static readonly ActivityName<DeploymentInput, DeploymentOutcome> Verify = new("deployment.verify");
    internal static readonly ActivityName<DeploymentEnd, DeploymentOutcome> Finish = new("deployment.finish");
}
