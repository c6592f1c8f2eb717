using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Azure;
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
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, RequestFailedException Failure)> failed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<RegionFacts?>>> readings = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads, once for all who ask at the same time, and no longer than <paramref name="patience"/>: the reading itself goes on, and who asks later has its answer.
    /// A failure is remembered as long as quotas are, so that an outage is waited for once and not at every submission.
    /// </summary>
    /// <exception cref="RequestFailedException">Azure did not say.</exception>
    /// <exception cref="TimeoutException">Azure has not said yet.</exception>
    public async Task<RegionFacts> ReadAsync(string region, TimeSpan patience, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (sizesOf.TryGetValue(region, out var known) && now - known.At < sizesHold && quotasOf.TryGetValue(region, out var used) && now - used.At < quotasHold)
            return new RegionFacts(known.Facts, used.Facts);
        if (failed.TryGetValue(region, out var last) && now - last.At < quotasHold)
            ExceptionDispatchInfo.Throw(last.Failure);
        var reading = readings.GetOrAdd(region, static (name, reader) => new Lazy<Task<RegionFacts?>>(() => reader.LoadAsync(name)), this).Value;
        return await reading.WaitAsync(patience, clock, cancel) ?? await ReadAsync(region, patience, cancel);
    }

    /// <summary>Bounded by the tries and waits of <see cref="ArmCalls"/>; null: it failed, which is remembered.</summary>
    private async Task<RegionFacts?> LoadAsync(string region)
    {
        try
        {
            var now = clock.GetUtcNow();
            if (!sizesOf.TryGetValue(region, out var known) || now - known.At >= sizesHold)
                sizesOf[region] = known = (now, await calls.RunAsync(() => SizesAsync(region, CancellationToken.None), CancellationToken.None));
            var used = quotasOf[region] = (now, await calls.RunAsync(() => QuotasAsync(region, CancellationToken.None), CancellationToken.None));
            failed.TryRemove(region, out _);
            return new RegionFacts(known.Facts, used.Facts);
        }
        catch (RequestFailedException failure)
        {
            failed[region] = (clock.GetUtcNow(), failure);
            return null;
        }
        finally
        {
            readings.TryRemove(region, out _);
        }
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
