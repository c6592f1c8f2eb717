namespace Serverless.Contracts.Jobs;

/// <summary>A job as the API shows it.</summary>
public sealed record Job
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Why it ended, or why its last attempt did.</summary>
    public JobReason Reason { get; init; }

    /// <summary>The reason in words: what, which value, which limit.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Cure { get; init; }

    /// <summary>What was asked for, with data sets resolved to versions.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>What started it: <c>api</c>, <c>trigger:{name}</c> or <c>study:{id}</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Which trial of a study it is; null: none.</summary>
    public JobTrial? Trial { get; init; }

    /// <summary>How many attempts have been started.</summary>
    public int Attempt { get; init; }

    /// <summary>The program's exit code in the last attempt.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When an agent first claimed it.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When its program first ran.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last attempt's program ended.</summary>
    public DateTimeOffset? ExitedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last value of each metric.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; set; } = new Dictionary<string, double>();

    /// <summary>The machine that was chosen for it, why, and what it can cost; null until it is admitted.</summary>
    public JobPlacement? Placement { get; init; }

    /// <summary>What it ran on, from the last attempt.</summary>
    public JobMachine? Machine { get; init; }

    /// <summary>What it has cost so far.</summary>
    public JobCost? Cost { get; init; }

    /// <summary>The last lines of the log (at most 50) when it failed.</summary>
    public IReadOnlyList<string> LogTail { get; set; } = [];

    /// <summary>The model version that it made, as <c>name@version</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The endpoint that took the model.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The checkpoint of another job that it began with; null: none was asked for, or it is not admitted yet.</summary>
    public JobStart? StartedFrom { get; init; }

    /// <summary>Inputs that were already on the node, and inputs that had to be copied, in bytes.</summary>
    public StagingReport? Staging { get; init; }
}
