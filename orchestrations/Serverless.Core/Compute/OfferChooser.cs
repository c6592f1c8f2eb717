using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Compute;

/// <summary>Finds the machines that fit a need, cheapest first, and says why. Pure.</summary>
public static class OfferChooser
{
    private const double GiB = 1L << 30;

    /// <summary>The offers that fit. Of equally cheap ones that with fewer GPUs first, then more processors, more memory, then by name, so that the choice is always the same.</summary>
    public static IReadOnlyList<ComputeOffer> Fitting(IReadOnlyList<ComputeOffer> offers, MachineNeed need) =>
    [
        .. offers.Where(offer => need.Pools?.Contains(offer.Pool) != false && need.Lacks(offer).Count == 0)
            .OrderBy(offer => offer.PricePerHour).ThenBy(offer => offer.Gpus.Count)
            .ThenByDescending(offer => offer.VCpus).ThenByDescending(offer => offer.MemoryBytes)
            .ThenBy(offer => offer.Size, StringComparer.Ordinal).ThenBy(offer => offer.Pool, StringComparer.Ordinal),
    ];

    /// <summary>The sentence that says which was taken and why.</summary>
    /// <param name="chosen">It.</param>
    /// <param name="fits">All that fit, cheapest first.</param>
    /// <param name="need">What was wanted.</param>
    public static string Why(ComputeOffer chosen, IReadOnlyList<ComputeOffer> fits, MachineNeed need)
    {
        var next = fits.FirstOrDefault(offer => offer != chosen);
        if (need.IsEmpty)
            return $"{At(chosen)}: the job asks for nothing, so the host's first pool runs it.";
        var rest = next is null ? "the only machine that fits"
            : chosen == fits[0] ? $"the cheapest of {fits.Count} that fit (next: {next.Size} at {Money(next)})"
            : $"the cheapest of {fits.Count} that fit and can be had (cheaper: {fits[0].Size} at {Money(fits[0])})";
        return $"{At(chosen)}: {rest} {need}.";
    }

    /// <summary>Why nothing fits: first that, with the cure, then each machine that lacks in one respect only.</summary>
    /// <param name="offers">All that there is.</param>
    /// <param name="need">What was wanted.</param>
    /// <param name="path">Where the resources stand in the input.</param>
    public static IReadOnlyList<FieldError> WhyNot(IReadOnlyList<ComputeOffer> offers, MachineNeed need, string path = "resources")
    {
        if (offers.Count == 0)
            return [new(path, "This host has no pool of machines, so it can run no job.", "Give it one. An app in Azure has its pools (SERVERLESS_POOLS) only with sign-in, which SERVERLESS_TENANT and SERVERLESS_AUDIENCE turn on: without it machines could not prove themselves.")];
        var inPool = offers.Where(offer => need.Pools?.Contains(offer.Pool) != false).ToList();
        var elsewhere = Fitting(offers, new MachineNeed(need.Asked with { Pool = null }, null)).FirstOrDefault();
        var where = need.Asked.Pool is { } pool ? $" in the pool {Shown.Quote(pool)}" : " on this host";
        List<FieldError> errors = [new(Path(need, path), $"No machine{where} fits {need}.", Cure(inPool, elsewhere, need))];
        errors.AddRange(inPool.Select(offer => (Offer: offer, Lacks: need.Lacks(offer))).Where(one => one.Lacks.Count == 1)
            .OrderBy(one => one.Offer.PricePerHour).ThenBy(one => one.Offer.Size, StringComparer.Ordinal)
            .Select(one => new FieldError(path, $"{Describe(one.Offer)} does not fit: {one.Lacks[0]}.", "Ask for less in this respect.")));
        return errors;
    }

    /// <summary>What a machine is, in a few words.</summary>
    public static string Describe(ComputeOffer offer) => FormattableString.Invariant(
        $"{offer.Size} ({offer.VCpus} vCPUs, {Math.Round(offer.MemoryBytes / GiB, 1)} GiB{(offer.Gpus.Count == 0 ? "" : $", {offer.Gpus.Count} × {offer.Gpus[0]}")})");

    private static string At(ComputeOffer offer) =>
        $"{Describe(offer)} at {Money(offer)} {offer.Currency} per hour{(offer.Spot ? " as spot" : "")}{(offer.Region is { } region ? $" in {region}" : "")}, pool '{offer.Pool}'";

    private static string Path(MachineNeed need, string path) =>
        need.Asked.Gpu is not null ? $"{path}.gpu" : need.Asked.Size is not null ? $"{path}.size" : path;

    private static string Cure(List<ComputeOffer> inPool, ComputeOffer? elsewhere, MachineNeed need)
    {
        if (elsewhere is not null)
            return $"Name the pool '{elsewhere.Pool}', which has {Describe(elsewhere)} at {Money(elsewhere)} {elsewhere.Currency} per hour, or no pool.";
        var gpus = inPool.Where(offer => offer.Gpus.Count > 0).GroupBy(offer => offer.Gpus[0], offer => offer.Gpus.Count)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}:{group.Max()}").DefaultIfEmpty("none");
        var largest = inPool.OrderByDescending(offer => offer.VCpus).ThenByDescending(offer => offer.MemoryBytes).FirstOrDefault();
        return $"Ask for less{(need.Asked.Spot ? ", or without spot" : "")}, or add a pool with such machines to the host. Most GPUs of each type here: {string.Join(", ", gpus)}"
            + (largest is null ? "." : $"; most vCPUs: {largest.VCpus}.");
    }

    private static string Money(ComputeOffer offer) => FormattableString.Invariant($"{offer.PricePerHour}");
}
