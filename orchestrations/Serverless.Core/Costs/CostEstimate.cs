using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;

namespace Serverless.Core.Costs;

/// <summary>What a job can cost at most, said before it starts. Raw machine price times time, factor 1.0, as <see cref="Jobs.JobCosts"/> counts it later.</summary>
/// <param name="OneAttempt">If it runs once, to its limit and through its grace period.</param>
/// <param name="AllAttempts">If every attempt that it may have does so. A lost attempt counts until its loss is noticed, which is no later than its own limit.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record CostEstimate(decimal OneAttempt, decimal AllAttempts, string Currency)
{
    /// <summary>What a provider's price is multiplied with: nothing is added.</summary>
    public const decimal Factor = 1.0m;

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

    /// <summary>Why a job must not begin: one attempt to its time limit would pass its own limit on cost. Null when it may.</summary>
    public static FieldError? Refusal(ComputeOffer offer, CostEstimate estimate, LimitSpec limits)
    {
        if (limits.MaxCost is not { } most || estimate.OneAttempt <= most)
            return null;
        var seconds = Math.Floor(most * 3600m / offer.PricePerHour) - limits.GraceSeconds;
        return new FieldError("limits.maxCost",
            FormattableString.Invariant($"One attempt of {limits.MaxRunSeconds} s on {offer.Size} at {offer.PricePerHour} {offer.Currency} per hour can cost {Math.Round(estimate.OneAttempt, 4)} {offer.Currency}; the job's limit is {most}."),
            seconds >= 1
                ? FormattableString.Invariant($"Give limits.maxRunSeconds of at most {seconds} ('--max-run {seconds}s'), a cheaper machine, or a higher limit.")
                : "Give a cheaper machine or a higher limit: this one does not pay for a second.");
    }
}
