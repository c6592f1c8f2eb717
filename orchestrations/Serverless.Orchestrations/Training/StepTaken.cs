namespace Serverless.Orchestrations.Training;

/// <summary>How a step came out.</summary>
/// <param name="GoOn">Whether the next one is to be taken; false when the step has ended the job.</param>
/// <param name="DeploymentId">The deployment that is to be made; null: none.</param>
internal sealed record StepTaken(bool GoOn, string? DeploymentId = null);
