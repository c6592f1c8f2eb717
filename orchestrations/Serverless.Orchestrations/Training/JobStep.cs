namespace Serverless.Orchestrations.Training;

/// <summary>What a step of the training workflow goes by: everything else stands in the job's record.</summary>
/// <param name="JobId">The job.</param>
internal sealed record JobStep(string JobId);
