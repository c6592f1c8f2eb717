using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>What a job may cost.</summary>
/// <param name="Amount">The most.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Reason">Why the job ends when it is reached: <see cref="JobReason.CostLimit"/> or <see cref="JobReason.BudgetReached"/>.</param>
public sealed record JobSpend(decimal Amount, string Currency, JobReason Reason);
