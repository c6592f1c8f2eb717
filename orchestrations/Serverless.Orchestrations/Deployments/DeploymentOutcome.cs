namespace Serverless.Orchestrations.Deployments;

/// <summary>How a deployment, or a step of it, came out.</summary>
/// <param name="Passed">Whether it did.</param>
/// <param name="Message">Why not.</param>
/// <param name="Cure">What to do about it.</param>
public sealed record DeploymentOutcome(bool Passed, string? Message = null, string? Cure = null)
{
    /// <summary>It did.</summary>
    public static DeploymentOutcome Good { get; } = new(true);
}
