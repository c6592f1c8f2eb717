using Serverless.Contracts.Problems;
using Serverless.Core.Compute;

namespace Serverless.Infra.Compute.Quotas;

/// <summary>Decides what stands against another machine. Pure. Source of the quotas' names: Azure's list of compute usages.</summary>
internal static class ShortageRule
{
    /// <summary>The quota of all spot machines of a region.</summary>
    public const string Spot = "lowPriorityCores";

    /// <summary>The quota of all regular machines of a region.</summary>
    public const string Regional = "cores";

    /// <summary>What stands against another machine.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="vCpus">The size's vCPUs.</param>
    /// <param name="spot">Whether it may be taken away.</param>
    /// <param name="region">Where.</param>
    /// <param name="subscription">The subscription, for the command that raises a quota.</param>
    /// <param name="facts">What Azure says.</param>
    public static IReadOnlyList<ComputeShortage> Of(string size, int vCpus, bool spot, string region, string subscription, RegionFacts facts)
    {
        if (!facts.Sizes.TryGetValue(size, out var known) || known.Restriction is not null)
        {
            var why = known?.Restriction is { } restriction ? $"{region} has {size}, but not for this subscription ({restriction})." : $"{region} does not offer {size}.";
            return [new ComputeShortage(ProblemCodes.NoCapacity, false, why, $"Ask for another size or use a pool in another region ('az vm list-skus --location {region} --size {size}' says what there is), or ask Azure's support for access.")];
        }

        List<ComputeShortage> shortages = [];
        foreach (var name in spot ? [Spot] : known.Family is { } family ? new[] { family, Regional } : [Regional])
        {
            if (facts.Quotas.TryGetValue(name, out var quota) && quota.Used + vCpus > quota.Limit)
                shortages.Add(Short(size, vCpus, spot, region, subscription, name, quota));
        }

        return shortages;
    }

    private static ComputeShortage Short(string size, int vCpus, bool spot, string region, string subscription, string name, QuotaUse quota)
    {
        var passes = vCpus <= quota.Limit;
        var wanted = passes ? quota.Used + vCpus : Math.Max(vCpus, quota.Used + vCpus);
        return new ComputeShortage(
            ProblemCodes.NoQuota,
            passes,
            $"A {size} needs {vCpus} vCPUs of the quota '{name}' in {region}; its limit is {quota.Limit}{(passes ? $", and {quota.Used} are used now" : "")}.",
            $"Raise it: 'az quota update --resource-name {name} --scope /subscriptions/{subscription}/providers/Microsoft.Compute/locations/{region} --limit-object value={wanted} --resource-type {(spot ? "lowPriority" : "dedicated")}', or Azure portal → Quotas → Compute.");
    }
}
