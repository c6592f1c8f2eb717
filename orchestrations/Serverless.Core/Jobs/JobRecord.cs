using System.Text.Json.Serialization;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>What is stored of a job: the truth about it. Every change is one of <see cref="JobLife"/>'s, written under the ETag that it was decided on.</summary>
public sealed record JobRecord
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>What was asked for; data sets are resolved to versions when it is admitted.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>What started it: <c>api</c> or <c>trigger:{name}</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public JobStatus Status { get; set; } = JobStatus.Pending;

    /// <summary>Why it ended, or why its last attempt did.</summary>
    public JobReason Reason { get; init; }

    /// <summary>The reason in words.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Cure { get; init; }

    /// <summary>How often it was claimed: the fencing token of the newest claim; 0 before the first.</summary>
    public int Epoch { get; init; }

    /// <summary>Who holds it now; null when nobody does.</summary>
    public JobLease? Lease { get; init; }

    /// <summary>Whether somebody asked for it to stop.</summary>
    public bool StopRequested { get; init; }

    /// <summary>When they did.</summary>
    public DateTimeOffset? StopRequestedAt { get; init; }

    /// <summary>Why it is to stop; <see cref="JobReason.None"/>: somebody asked.</summary>
    public JobReason StopReason { get; init; }

    /// <summary>That in words.</summary>
    public string? StopMessage { get; init; }

    /// <summary>Whether somebody asked for it to stop, rather than a limit.</summary>
    [JsonIgnore]
    public bool StopAsked => StopRequested && StopReason is (JobReason.None or JobReason.StopRequested);

    /// <summary>How many attempts ended because their machine was taken away with notice, up to <see cref="JobLife.FreeEvictions"/>: they do not count against the job's attempts.</summary>
    public int Evictions { get; init; }

    /// <summary>How far the newest attempt is; null when nobody holds or held it.</summary>
    public AttemptPhase? Phase { get; init; }

    /// <summary>How the newest attempt ended, when it said so.</summary>
    public AttemptExit? Exit { get; init; }

    /// <summary>When an agent first claimed it.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When the newest attempt was claimed.</summary>
    public DateTimeOffset? AttemptAt { get; init; }

    /// <summary>When its program first ran.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it last began to wait for a node.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last value of each metric.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; set; } = new Dictionary<string, double>();

    /// <summary>The smallest and the largest value of each metric that had a number; null in records from before they were kept.</summary>
    public IReadOnlyDictionary<string, MetricRange>? MetricRanges { get; init; }

    /// <summary>How many metric points of the newest attempt are stored.</summary>
    public long Points { get; init; }

    /// <summary>How many bytes of the newest attempt's file of metric points they take: where the next points are appended.</summary>
    public long PointBytes { get; init; }

    /// <summary>The machine that was chosen for it; null until it is admitted.</summary>
    public JobPlacement? Placement { get; init; }

    /// <summary>The machine of the newest attempt.</summary>
    public JobMachine? Machine { get; init; }

    /// <summary>The price per hour of that machine.</summary>
    public decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of the price.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>What earlier attempts cost, and how many seconds they took.</summary>
    public JobCost? Spent { get; init; }

    /// <summary>What staging took in the newest attempt.</summary>
    public StagingReport? Staging { get; init; }

    /// <summary>The last committed checkpoint.</summary>
    public JobCheckpoint? Checkpoint { get; init; }

    /// <summary>The checkpoint of another job that its first attempt begins with; null: none was asked for.</summary>
    public JobOrigin? Origin { get; init; }

    /// <summary>The attempt whose files are the job's result; set once, when it has ended well.</summary>
    public int? PublishedEpoch { get; init; }

    /// <summary>The model version that it made, as <c>name@version</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The endpoint that took the model.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The last lines of its log, when it failed and its agent could not say them.</summary>
    public IReadOnlyList<string>? LogTail { get; init; }

    /// <summary>Which trial of a study it is; null: none.</summary>
    public JobTrial? Trial { get; init; }

    /// <summary>SHA-256 of the request that was made with an idempotency key: the same key with another request is refused.</summary>
    public string? RequestSha256 { get; init; }

    /// <summary>The pool whose nodes may claim it; until it is admitted the one that was asked for.</summary>
    [JsonIgnore]
    public string Pool => Placement?.Pool ?? Spec.Resources.Pool ?? "local";

    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether it holds a node or will want one. A job that is finishing does not: what is left is the host's work.</summary>
    public bool NeedsNode => Status is JobStatus.Pending or JobStatus.Queued or JobStatus.Starting or JobStatus.Running;

    /// <summary>Whether it has ended for good.</summary>
    public bool Ended => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Stopped;
}
