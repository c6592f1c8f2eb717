namespace Serverless.Orchestrations.Deployments;

/// <summary>How a deployment is to be ended.</summary>
/// <param name="DeploymentId">The deployment.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="GoBack">Whether the endpoint may answer with the new model already and is to go back to the old one.</param>
public sealed record DeploymentEnd(string DeploymentId, DeploymentOutcome Outcome, bool GoBack)
{
    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
