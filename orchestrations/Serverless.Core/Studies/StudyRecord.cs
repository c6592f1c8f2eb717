using System.Globalization;
using System.Text.Json.Serialization;
using Serverless.Contracts.Studies;

namespace Serverless.Core.Studies;

/// <summary>What is stored of a study: the truth about it, with where its search is stored. Every change is one of <see cref="StudyLife"/>'s, written under the ETag that it was decided on.</summary>
public sealed record StudyRecord
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>What was asked for; its limits are as they are now.</summary>
    public required StudySpec Spec { get; init; }

    /// <summary>What started it: <c>api</c> or <c>trigger:{name}</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where chance begins.</summary>
    public required long Seed { get; init; }

    /// <summary>Which run of it this is: 1, and one more each time that it is resumed after its end. Each has a workflow of its own.</summary>
    public int Run { get; set; } = 1;

    /// <summary>When this run began; null: with the study.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>The seconds that its runs before this one took.</summary>
    public double EarlierSeconds { get; init; }

    /// <summary>The key of the request by which this run began.</summary>
    public string? ResumeKey { get; init; }

    /// <summary>Where it stands.</summary>
    public StudyStatus Status { get; set; } = StudyStatus.Running;

    /// <summary>Why no further trial is started.</summary>
    public StudyStopReason StopReason { get; init; }

    /// <summary>How it ended, in words.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Cure { get; init; }

    /// <summary>Whether somebody asked for it to stop.</summary>
    public bool StopRequested { get; init; }

    /// <summary>Where its search is stored; null until its first look.</summary>
    public SearchPlace? Search { get; init; }

    /// <summary>The trials that run.</summary>
    public IReadOnlyList<TrialRun> Running { get; set; } = [];

    /// <summary>How many trials it has.</summary>
    public TrialCounts Trials { get; set; } = new(0, 0, 0, 0, 0);

    /// <summary>The best trials.</summary>
    public IReadOnlyList<StudyTrial> Best { get; set; } = [];

    /// <summary>What the trials that ended have cost.</summary>
    public decimal Settled { get; init; }

    /// <summary>What all trials have cost, by the last look.</summary>
    public decimal Cost { get; init; }

    /// <summary>ISO 4217 code of the cost.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>The words of the last trial that failed.</summary>
    public string? LastFailure { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The model version that its best trial made, as <c>name@version</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The endpoint that took the model.</summary>
    public string? Endpoint { get; init; }

    /// <summary>SHA-256 of the request that was made with an idempotency key.</summary>
    public string? RequestSha256 { get; init; }

    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether it has ended, unless somebody resumes it.</summary>
    [JsonIgnore]
    public bool Ended => Status is StudyStatus.Succeeded or StudyStatus.Failed or StudyStatus.Stopped;

    /// <summary>The instance of the workflow that drives this run.</summary>
    [JsonIgnore]
    public string Workflow => Run == 1 ? Id : string.Create(CultureInfo.InvariantCulture, $"{Id}-r{Run}");

    /// <summary>How long it ran: all its runs, without the times between them.</summary>
    public TimeSpan Elapsed(DateTimeOffset now) => TimeSpan.FromSeconds(EarlierSeconds) + ((EndedAt ?? now) - (ResumedAt ?? CreatedAt));
}
