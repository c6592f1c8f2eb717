namespace Serverless.Contracts.Access;

/// <summary>Asks for a key.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>Whose it is or what it is for: a name as of a data set. Need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>The one endpoint that it may ask; only for <see cref="AccessRole.Predictor"/>. Null: all.</summary>
    public string? Endpoint { get; init; }

    /// <summary>When it stops to work: in the future, within ten years. Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
