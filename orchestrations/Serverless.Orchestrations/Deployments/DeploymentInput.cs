namespace Serverless.Orchestrations.Deployments;

/// <summary>What the deployment workflow goes by.</summary>
/// <param name="DeploymentId">The deployment; also the instance's id. What is asked for stands in its record.</param>
public sealed record DeploymentInput(string DeploymentId);
