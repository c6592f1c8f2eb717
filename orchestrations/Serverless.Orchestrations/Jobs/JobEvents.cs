namespace Serverless.Orchestrations.Jobs;

/// <summary>The names of the events that a job's workflow waits for.</summary>
public static class JobEvents
{
    /// <summary>Something happened to the job that its workflow should look at. A hint only: the truth is in the job's document.</summary>
    public const string Changed = "job-changed";
}
