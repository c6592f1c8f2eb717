namespace Serverless.Contracts.Experiments;

/// <summary>An experiment: jobs and studies that answer one question, to be compared. Its first job or study makes it.</summary>
public sealed record ExperimentSummary
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about; null: nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>What people wrote on it, by name.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();

    /// <summary>When it came into being.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest job or study ended, or was recorded while it has not; or when somebody changed what is said of it, whichever is later.</summary>
    public required DateTimeOffset ActiveAt { get; init; }

    /// <summary>How many jobs it has, trials not counted; counted up to 10,000.</summary>
    public required int Jobs { get; init; }

    /// <summary>How many studies it has; counted up to 10,000.</summary>
    public required int Studies { get; init; }

    /// <summary>How many of these jobs and studies have not ended.</summary>
    public required int Running { get; init; }

    /// <summary>Changes whenever description or tags do; given as <c>If-Match</c> with a change, it refuses the change when somebody else was first.</summary>
    public required string ETag { get; init; }
}
