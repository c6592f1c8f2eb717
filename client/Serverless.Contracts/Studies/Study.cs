namespace Serverless.Contracts.Studies;

/// <summary>A study: many trials of one job, and the best of them.</summary>
public sealed record Study
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required StudyStatus Status { get; init; }

    /// <summary>Why it starts no further trials.</summary>
    public StudyStopReason StopReason { get; init; }

    /// <summary>How it ended, in words.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Cure { get; init; }

    /// <summary>What was asked for; the limits are as they are now.</summary>
    public required StudySpec Spec { get; init; }

    /// <summary>How many trials it has.</summary>
    public required TrialCounts Trials { get; init; }

    /// <summary>The numbers of the trials that run, in order.</summary>
    public IReadOnlyList<int> RunningTrials { get; set; } = [];

    /// <summary>The best trial; with several objectives those that no other is better than in all, at most 100.</summary>
    public IReadOnlyList<StudyTrial> Best { get; set; } = [];

    /// <summary>What its trials have cost so far, at the machines' raw prices.</summary>
    public decimal Cost { get; init; }

    /// <summary>ISO 4217 code of the cost.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which run of it this is: 1, and one more each time that it was resumed.</summary>
    public int Run { get; set; } = 1;

    /// <summary>When it was resumed last.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>The seconds that its runs before this one took.</summary>
    public double EarlierSeconds { get; init; }

    /// <summary>When it ended; null also after it was resumed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The model version that its best trial made, as <c>name@version</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The endpoint that took the model.</summary>
    public string? Endpoint { get; init; }
}
