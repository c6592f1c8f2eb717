namespace Serverless.Contracts.Endpoints;

/// <summary>Puts a model version behind an endpoint, which is made when it does not exist.</summary>
public sealed record DeployRequest
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Its version; null: the newest that is approved.</summary>
    public int? Version { get; init; }

    /// <summary>After how many seconds without a call the session is unloaded, 1 to 86,400; null: as it was, or 300.</summary>
    public int? IdleSeconds { get; init; }
}
