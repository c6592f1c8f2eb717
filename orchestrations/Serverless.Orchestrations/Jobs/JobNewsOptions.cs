namespace Serverless.Orchestrations.Jobs;

/// <summary>How news of a job comes to its workflow.</summary>
public sealed record JobNewsOptions
{
    /// <summary>By the queue <see cref="Core.Doorbells.Queues.JobEvents"/>, one job's in order, for hosts where whoever has the news need not reach the workflow engine at that moment. Default: raised at once.</summary>
    public bool ByDoorbell { get; init; }
}
