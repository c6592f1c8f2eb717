using Serverless.Contracts.Jobs;

namespace Serverless.Orchestrations.Training;

/// <summary>How a job is to be ended.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Reason">Why.</param>
/// <param name="Message">The reason in words; null: the reason's own.</param>
/// <param name="Cure">What to do about it; null: the reason's own.</param>
internal sealed record JobEnd(string JobId, JobReason Reason, string? Message = null, string? Cure = null)
{
    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
