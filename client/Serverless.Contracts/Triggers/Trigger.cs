namespace Serverless.Contracts.Triggers;

/// <summary>A trigger as the API shows it.</summary>
public sealed record Trigger
{
    /// <summary>The trigger's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it watches and what it starts.</summary>
    public required TriggerSpec Spec { get; init; }

    /// <summary>When it was made. Data that landed before starts nothing.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many jobs it has started, counted up to 1,000.</summary>
    public int Firings { get; init; }

    /// <summary>The job that it started last.</summary>
    public string? LastJobId { get; init; }
}
