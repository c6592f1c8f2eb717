namespace Serverless.Contracts.Jobs;

/// <summary>The checkpoint that a job's program began with (<see cref="JobSpec.CheckpointFrom"/>).</summary>
/// <param name="JobId">The job that was named.</param>
public sealed record JobStart(string JobId)
{
    /// <summary>The job that wrote the checkpoint: the named one, or one that it began with itself. Null: there was none, and the program started anew.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>The attempt that wrote it.</summary>
    public int? Attempt { get; init; }

    /// <summary>Its number within the attempt.</summary>
    public int? Sequence { get; init; }

    /// <summary>When it was committed.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>How many files it has.</summary>
    public int Files { get; init; }

    /// <summary>Their bytes.</summary>
    public long SizeBytes { get; init; }
}
