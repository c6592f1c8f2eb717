namespace Serverless.Orchestrations.Training;

/// <summary>What a step of the training workflow goes by: everything else stands in the job's record.</summary>
/// <param name="JobId">The job.</param>
internal sealed record JobStep(string JobId)
{
    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
