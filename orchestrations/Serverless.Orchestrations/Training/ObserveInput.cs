namespace Serverless.Orchestrations.Training;

/// <summary>What looking at a job goes by.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Seen">How it was seen the last time.</param>
internal sealed record ObserveInput(string JobId, JobSeen Seen);
