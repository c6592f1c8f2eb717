namespace Serverless.Orchestrations.Deployments;

/// <summary>How a deployment is to be ended.</summary>
/// <param name="DeploymentId">The deployment.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="GoBack">Whether the endpoint may answer with the new model already and is to go back to the old one.</param>
public sealed record DeploymentEnd(string DeploymentId, DeploymentOutcome Outcome, bool GoBack);
