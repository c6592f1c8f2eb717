using Serverless.Contracts.Jobs;

namespace Serverless.Core.Costs;

/// <summary>What a job can cost at most, said before it starts. Raw machine price times time, factor 1.0, as <see cref="Jobs.JobCosts"/> counts it later.</summary>
/// <param name="OneAttempt">If it runs once, to its limit and through its grace period.</param>
/// <param name="AllAttempts">If every attempt that it may have does so. A lost attempt counts until its loss is noticed, which is no later than its own limit.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record CostEstimate(decimal OneAttempt, decimal AllAttempts, string Currency)
{
    /// <summary>The estimate for a job's limits.</summary>
    /// <param name="pricePerHour">The machine's price, at least 0.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="limits">When the job is stopped, as validated.</param>
    /// <param name="nodes">How many machines it has at once, at least 1.</param>
    public static CostEstimate Of(decimal pricePerHour, string currency, LimitSpec limits, int nodes = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pricePerHour);
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        var one = pricePerHour * nodes * ((decimal)limits.MaxRunSeconds + limits.GraceSeconds) / 3600m;
        return new CostEstimate(one, one * limits.MaxAttempts, currency);
    }
}
