namespace Serverless.Orchestrations.Training;

/// <summary>What the training workflow goes by.</summary>
/// <param name="JobId">The job; also the instance's id.</param>
/// <param name="Seen">How the job was last seen, when the workflow goes on from an earlier run's end; null at its beginning.</param>
public sealed record TrainingInput(string JobId, JobSeen? Seen = null)
{
    /// <summary>The W3C <c>traceparent</c> that it belongs to; null when nobody traced it.</summary>
    public string? TraceParent { get; init; }
}
