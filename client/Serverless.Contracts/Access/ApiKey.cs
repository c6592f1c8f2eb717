namespace Serverless.Contracts.Access;

/// <summary>A key, without its text: that is shown once, when the key is made.</summary>
public sealed record ApiKey
{
    /// <summary>Its id, which is also the first part of its text.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is or what it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>The one endpoint that it may ask; null: all.</summary>
    public string? Endpoint { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it stops to work; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
