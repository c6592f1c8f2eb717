using System.Globalization;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Infra.Compute.Offers;

/// <summary>Finds the cheapest size that fits a need.</summary>
public static class SizeChooser
{
    /// <summary>The cheapest size that fits. Of equally cheap ones that with fewer GPUs, then more processors, then more memory, then by name, so that the choice is always the same.</summary>
    /// <param name="sizes">What there is; one currency.</param>
    /// <param name="need">What is wanted.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> when none fits: with every size that lacks in one respect only, else all that there is, and the cure.</exception>
    public static SizeChoice Choose(IReadOnlyList<AzureSize> sizes, SizeNeed need)
    {
        var fits = sizes.Where(size => Lacks(size, need).Count == 0)
            .OrderBy(size => size.Price(need.Spot)).ThenBy(size => size.GpuCount)
            .ThenByDescending(size => size.VCpus).ThenByDescending(size => size.MemoryBytes).ThenBy(size => size.Size, StringComparer.Ordinal)
            .ToList();
        return fits.Count > 0 ? Chosen(fits, need) : throw NoneFits(sizes, need);
    }

    /// <summary>What a size lacks for a need, each as words; empty when it fits.</summary>
    public static IReadOnlyList<string> Lacks(AzureSize size, SizeNeed need)
    {
        List<string> lacks = [];
        if (need.GpuCount > 0 && size.Gpu != need.Gpu)
            lacks.Add(size.Gpu is null ? "it has no GPU" : $"its GPUs are {size.Gpu}");
        else if (size.GpuCount < need.GpuCount)
            lacks.Add($"it has {size.GpuCount} of {need.GpuCount} GPUs");
        if (size.VCpus < need.VCpus)
            lacks.Add($"it has {size.VCpus} of {need.VCpus} vCPUs");
        if (size.MemoryBytes < need.MemoryBytes)
            lacks.Add($"it has {Number(size.MemoryGiB)} of {GiB(need.MemoryBytes)} GiB");
        if (size.Region != need.Region)
            lacks.Add($"its price is of {size.Region}");
        if (size.Price(need.Spot) is null)
            lacks.Add("it has no spot price");
        return lacks;
    }

    private static SizeChoice Chosen(List<AzureSize> fits, SizeNeed need)
    {
        var best = fits[0];
        var price = best.Price(need.Spot)!.Value;
        var rest = fits.Count == 1 ? "the only size that fits" : $"the cheapest of {fits.Count} sizes that fit (next: {fits[1].Size} at {Number(fits[1].Price(need.Spot)!.Value)})";
        var doubt = best.Verified ? "" : $" The price is not verified: seen {best.Seen:yyyy-MM-dd} in {best.Source}.";
        return new SizeChoice(best, price,
            $"{best.Size} ({Describe(best)}) at {Number(price)} {best.Currency} per hour{(need.Spot ? " as spot" : "")} in {best.Region}: {rest} {Wanted(need)}.{doubt}");
    }

    private static ServerlessException NoneFits(IReadOnlyList<AzureSize> sizes, SizeNeed need)
    {
        var lacking = sizes.Select(size => (Size: size, Lacks: Lacks(size, need))).OrderBy(item => item.Lacks.Count).ThenBy(item => item.Size.Size, StringComparer.Ordinal).ToList();
        var near = lacking.Where(item => item.Lacks.Count == 1).ToList();
        var message = $"No size fits {Wanted(need)} in {Shown.Quote(need.Region)}{(need.Spot ? " as spot" : "")}.";
        List<FieldError> errors = [new FieldError("resources", message, Cure(sizes, need))];
        errors.AddRange(near.Select(item => new FieldError("resources", $"{item.Size.Size} ({Describe(item.Size)}) does not fit: {item.Lacks[0]}.", "Ask for less in this respect.")));
        return Fail.Invalid(errors);
    }

    private static string Cure(IReadOnlyList<AzureSize> sizes, SizeNeed need)
    {
        if (sizes.All(size => size.Region != need.Region))
            return $"Add the region's sizes to the price file; it has {string.Join(", ", sizes.Select(size => size.Region).Distinct().Order(StringComparer.Ordinal).DefaultIfEmpty("none"))}.";
        var gpus = sizes.Where(size => size.Region == need.Region && size.Gpu is not null).GroupBy(size => size.Gpu!, size => size.GpuCount)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}:{group.Max()}");
        return $"Ask for less, without spot, or add the size to the price file. Most GPUs of each type here: {string.Join(", ", gpus.DefaultIfEmpty("none"))}.";
    }

    private static string Wanted(SizeNeed need)
    {
        List<string> parts = [];
        if (need.GpuCount > 0)
            parts.Add($"{need.Gpu}:{need.GpuCount}");
        if (need.VCpus > 0)
            parts.Add($"{need.VCpus} vCPUs");
        if (need.MemoryBytes > 0)
            parts.Add($"{GiB(need.MemoryBytes)} GiB");
        return parts.Count == 0 ? "any need" : string.Join(", ", parts);
    }

    private static string Describe(AzureSize size) =>
        $"{size.VCpus} vCPUs, {Number(size.MemoryGiB)} GiB{(size.Gpu is null ? "" : $", {size.GpuCount} × {size.Gpu}")}";

    private static string GiB(long bytes) => Number(Math.Round(bytes / (double)(1L << 30), 2));

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
