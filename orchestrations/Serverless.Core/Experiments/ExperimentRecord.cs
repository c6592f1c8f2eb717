namespace Serverless.Core.Experiments;

/// <summary>What is stored of an experiment. Its members are not listed here: each names its experiment, and is found by that.</summary>
/// <param name="Name">Its name, which is its id.</param>
/// <param name="CreatedAt">When it came into being.</param>
public sealed record ExperimentRecord(string Name, DateTimeOffset CreatedAt)
{
    /// <summary>What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>How often its description changed.</summary>
    public int Descriptions { get; init; }

    /// <summary>What people wrote on it, by name.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();

    /// <summary>When something of this was changed last.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}
