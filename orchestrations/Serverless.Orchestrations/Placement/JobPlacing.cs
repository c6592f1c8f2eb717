using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Costs;
using Serverless.Core.Failures;

namespace Serverless.Orchestrations.Placement;

/// <summary>Chooses the machine of a job: the cheapest that fits and that its provider does not rule out, and says why and what it can cost. Asks for no machine.</summary>
public sealed class JobPlacing(PoolTable pools, IComputePool compute)
{
    /// <summary>Chooses.</summary>
    /// <param name="spec">The job, as validated.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="ServerlessException">
    /// <c>invalid_input</c> when no machine fits, with the nearest ones; <c>over_budget</c> when one attempt to its limit would cost more than the job may;
    /// <c>no_quota</c> or <c>no_capacity</c> when none that fits will ever come.
    /// </exception>
    public async Task<JobPlacement> PlaceAsync(JobSpec spec, CancellationToken cancel)
    {
        if (pools.Check(spec.Resources.Pool) is { } missing)
            throw Fail.Invalid([missing]);
        var offers = await compute.OffersAsync(cancel);
        var need = MachineNeed.Of(spec.Resources, pools);
        var fits = OfferChooser.Fitting(offers, need);
        if (fits.Count == 0)
            throw Fail.Invalid(OfferChooser.WhyNot(offers, need));
        ComputeShortage? first = null;
        foreach (var offer in fits)
        {
            var shortages = await compute.ShortagesAsync(offer.Pool, cancel);
            if (shortages.FirstOrDefault(shortage => !shortage.Passes) is not { } never)
                return Placed(offer, fits, need, spec.Limits, shortages);
            first ??= never;
        }

        throw new ServerlessException(first!.Code, first.Message, first.Cure);
    }

    private static JobPlacement Placed(ComputeOffer offer, IReadOnlyList<ComputeOffer> fits, MachineNeed need, LimitSpec limits, IReadOnlyList<ComputeShortage> shortages)
    {
        var estimate = CostEstimate.Of(offer.PricePerHour, offer.Currency, limits);
        if (CostEstimate.Refusal(offer, estimate, limits) is { } refusal)
            throw new ServerlessException(ProblemCodes.OverBudget, refusal.Message, refusal.Cure);
        return new JobPlacement
        {
            Pool = offer.Pool,
            Size = offer.Size,
            VCpus = offer.VCpus,
            MemoryBytes = offer.MemoryBytes,
            Gpus = offer.Gpus,
            Spot = offer.Spot,
            Region = offer.Region,
            PricePerHour = offer.PricePerHour,
            Currency = offer.Currency,
            PriceSource = offer.PriceSource,
            PriceSeen = offer.PriceSeen,
            PriceVerified = offer.PriceVerified,
            Estimate = new JobEstimate(estimate.OneAttempt, estimate.AllAttempts, estimate.Currency, CostEstimate.Factor),
            Why = OfferChooser.Why(offer, fits, need),
            Notes = [.. Doubts(offer), .. shortages.Select(shortage => $"{shortage.Message} The job waits until there is room; {Lower(shortage.Cure)}")],
        };
    }

    private static IEnumerable<string> Doubts(ComputeOffer offer)
    {
        if (!offer.PriceVerified)
            yield return FormattableString.Invariant($"The price is not verified: seen {offer.PriceSeen:yyyy-MM-dd} in {offer.PriceSource ?? "an unknown source"}.");
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
