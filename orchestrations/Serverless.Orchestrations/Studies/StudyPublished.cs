namespace Serverless.Orchestrations.Studies;

/// <summary>How the publishing of a study's best came out.</summary>
/// <param name="DeploymentId">The deployment that is to be made; null: none.</param>
/// <param name="Endpoint">The endpoint that it is for.</param>
internal sealed record StudyPublished(string? DeploymentId, string? Endpoint)
{
    /// <summary>What went wrong; null: nothing.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Cure { get; init; }
}
