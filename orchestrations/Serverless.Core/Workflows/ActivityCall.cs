namespace Serverless.Core.Workflows;

/// <summary>Who called an activity.</summary>
/// <param name="InstanceId">The workflow instance.</param>
/// <param name="Sequence">Which of its calls this is; with the instance an idempotency key that is the same on every run of the same call.</param>
/// <param name="Attempt">1, 2, … by the retry policy.</param>
public sealed record ActivityCall(string InstanceId, long Sequence, int Attempt);
