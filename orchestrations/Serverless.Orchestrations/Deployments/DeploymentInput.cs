namespace Serverless.Orchestrations.Deployments;

/// <summary>What the deployment workflow goes by.</summary>
/// <param name="DeploymentId">The deployment; also the instance's id. What is asked for stands in its record.</param>
public sealed record DeploymentInput(string DeploymentId)
{
    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
