namespace Serverless.Contracts.Jobs;

/// <summary>What a job can cost at most, said before it starts: the machine's raw price times its limits in time.</summary>
/// <param name="OneAttempt">If it runs once, to its limit and through its grace period.</param>
/// <param name="AllAttempts">If every attempt that it may have does so.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Factor">What the provider's price is multiplied with: 1, nothing is added.</param>
public sealed record JobEstimate(decimal OneAttempt, decimal AllAttempts, string Currency, decimal Factor);
