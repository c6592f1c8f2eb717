using System.Collections.Concurrent;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Resources;
using Serverless.Infra.Compute.Arm;

namespace Serverless.Infra.Compute.Quotas;

/// <summary>Reads what Azure says of regions, and remembers it for a while: the list of sizes is long and hardly changes, quotas are asked for at every submission.</summary>
internal sealed class RegionReader(ArmClient client, string subscription, IReadOnlySet<string> sizes, ArmCalls calls, TimeProvider clock, TimeSpan sizesHold, TimeSpan quotasHold)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyDictionary<string, SizeFacts> Facts)> sizesOf = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyDictionary<string, QuotaUse> Facts)> quotasOf = new(StringComparer.Ordinal);

    /// <summary>Reads. Failures come as the client throws them.</summary>
    public async Task<RegionFacts> ReadAsync(string region, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!sizesOf.TryGetValue(region, out var known) || now - known.At >= sizesHold)
            sizesOf[region] = known = (now, await calls.RunAsync(() => SizesAsync(region, cancel), cancel));
        if (!quotasOf.TryGetValue(region, out var used) || now - used.At >= quotasHold)
            quotasOf[region] = used = (now, await calls.RunAsync(() => QuotasAsync(region, cancel), cancel));
        return new RegionFacts(known.Facts, used.Facts);
    }

    private async Task<IReadOnlyDictionary<string, SizeFacts>> SizesAsync(string region, CancellationToken cancel)
    {
        var found = new Dictionary<string, SizeFacts>(StringComparer.OrdinalIgnoreCase);
        await foreach (var sku in Subscription().GetComputeResourceSkusAsync($"location eq '{region}'", cancellationToken: cancel))
        {
            if (sku.ResourceType == "virtualMachines" && sku.Name is { } name && sizes.Contains(name))
                found[name] = new SizeFacts(sku.Family, sku.Restrictions.FirstOrDefault(Closes)?.ReasonCode?.ToString());
        }

        return found;
    }

    /// <summary>A restriction of single zones leaves the region's others.</summary>
    private static bool Closes(ComputeResourceSkuRestrictions restriction) => restriction.RestrictionsType == ComputeResourceSkuRestrictionsType.Location;

    private async Task<IReadOnlyDictionary<string, QuotaUse>> QuotasAsync(string region, CancellationToken cancel)
    {
        var found = new Dictionary<string, QuotaUse>(StringComparer.OrdinalIgnoreCase);
        await foreach (var usage in Subscription().GetUsagesAsync(new AzureLocation(region), cancel))
        {
            if (usage.Name.Value is { } name)
                found[name] = new QuotaUse(usage.CurrentValue, usage.Limit);
        }

        return found;
    }

    private SubscriptionResource Subscription() => client.GetSubscriptionResource(SubscriptionResource.CreateResourceIdentifier(subscription));
}
