namespace Serverless.Contracts.Experiments;

/// <summary>A job, a trial or a study of an experiment, with what went into it and what came out.</summary>
public sealed record ExperimentRun
{
    /// <summary>What it is.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>Its id: a job's or a study's.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The study of a trial.</summary>
    public string? StudyId { get; init; }

    /// <summary>The number of a trial in its study, from 0; of a study that of its best trial.</summary>
    public int? Trial { get; init; }

    /// <summary>Of a study: how many trials it started.</summary>
    public int? Trials { get; init; }

    /// <summary>Where it stands: a <see cref="Jobs.JobStatus"/>, or of a study a <see cref="Studies.StudyStatus"/>, as it goes over the wire; a trial that was given up while it ran is <c>pruned</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it ended, in words, when it did not end well.</summary>
    public string? Message { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its program first ran.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it took, in seconds: of a job from the start of its program to the end of it, of a study from its record to its end; up to now while it goes on. Null before it began.</summary>
    public double? Seconds { get; init; }

    /// <summary>What it has cost; null while nothing is known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>ISO 4217 code of the cost.</summary>
    public string? Currency { get; init; }

    /// <summary>What ran: <c>algorithm:{name}</c>, the command as one line, or <c>image</c>.</summary>
    public required string Program { get; init; }

    /// <summary>The container image: with its digest once it ran.</summary>
    public string? Image { get; init; }

    /// <summary>The git commit of its code.</summary>
    public string? GitCommit { get; init; }

    /// <summary>The machine's size and GPUs.</summary>
    public string? Machine { get; init; }

    /// <summary>
    /// Its parameters by name, as its program got them; of a trial those that the study chose and those of the job. An option that is repeated has all its values, a switch the value <c>true</c>, an
    /// argument without a name its place (<c>#1</c>). A value that is secret by its name or its form is <c>***</c>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What it reported, by metric.</summary>
    public IReadOnlyDictionary<string, RunMetric> Metrics { get; set; } = new Dictionary<string, RunMetric>();

    /// <summary>The data that went in, as <c>name@version</c>, by channel.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; set; } = new Dictionary<string, string>();

    /// <summary>The job whose checkpoint its program began with; null: none.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>The model version that came out, as <c>name@version</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The endpoint that took the model.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The last committed checkpoint, as <c>attempt/sequence</c>.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>How many files it has written, counted up to 1,000; only in comparisons that ask for it.</summary>
    public int? Files { get; init; }

    /// <summary>How many bytes these files have.</summary>
    public long? FileBytes { get; init; }
}
