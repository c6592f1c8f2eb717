using Serverless.Contracts.Jobs;

namespace Serverless.Core.Triggers;

/// <summary>That a trigger starts a job for one content of the data. Written once, before the job: who writes it first has started it; a sweep completes what was broken off between the two.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Dataset">The data, as <c>name@version</c>.</param>
/// <param name="JobId">The job's id, fixed here.</param>
/// <param name="At">When it was written.</param>
public sealed record TriggerFiring(string Trigger, string Dataset, string JobId, DateTimeOffset At)
{
    /// <summary>The job that is started, with the data filled in: so that a trigger that is changed or deleted meanwhile changes nothing of what it has started.</summary>
    public JobSpec? Job { get; init; }

    /// <summary>The hash of what the data holds, whatever its files are called (<see cref="Datasets.DatasetVersions.ContentHash"/>): the same content under another name starts nothing.</summary>
    public required string Content { get; init; }

    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether the job is recorded and its workflow started: a late message about the same data then starts nothing, even when the job has been forgotten since.</summary>
    public bool Started { get; init; }
}
