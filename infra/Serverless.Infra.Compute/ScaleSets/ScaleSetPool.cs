using System.Collections.Concurrent;
using Azure;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Resources;
using Microsoft.Extensions.Logging;
using Serverless.Contracts.Prices;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.Arm;
using Serverless.Infra.Compute.Quotas;

namespace Serverless.Infra.Compute.ScaleSets;

/// <summary>
/// Pools that are VM scale sets of Azure, 0 → n → 0: a set is created when first needed and deleted when empty. Azure holds the truth; nothing is remembered here that is needed after a restart.
/// See <c>docs/mechanisms/scale-sets.md</c>.
/// </summary>
public sealed partial class ScaleSetPool : IComputePool
{
    private readonly ScaleSetPoolOptions options;
    private readonly ArmClient client;
    private readonly ArmCalls calls;
    private readonly RegionReader regions;
    private readonly TimeProvider clock;
    private readonly ILogger<ScaleSetPool> log;
    private readonly Dictionary<string, ScaleSetTemplate> templates;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Operation> growths = new(StringComparer.Ordinal);

    /// <summary>Makes the pools.</summary>
    /// <param name="options">Which they are.</param>
    /// <param name="client">Speaks to Azure; made by <see cref="ArmClients"/>.</param>
    /// <param name="clock">Waits.</param>
    /// <param name="log">Says what happens to sets.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c>, with all errors of all templates.</exception>
    public ScaleSetPool(ScaleSetPoolOptions options, ArmClient client, TimeProvider clock, ILogger<ScaleSetPool> log)
    {
        var errors = options.Templates.SelectMany(template => ScaleSetModel.Check(options.Owner, template)).ToList();
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
        this.options = options;
        this.client = client;
        this.log = log;
        this.clock = clock;
        calls = new ArmCalls(new RetryRule(options.MaxTries, options.MaxWait), clock);
        templates = options.Templates.ToDictionary(template => template.Pool.Name, StringComparer.Ordinal);
        regions = new RegionReader(client, options.SubscriptionId, options.Templates.Select(template => template.Size).ToHashSet(StringComparer.OrdinalIgnoreCase), calls, clock, options.SizesHold, options.QuotasHold);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ComputeOffer>> OffersAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<ComputeOffer>>(
    [
        .. from template in options.Templates
           from size in options.Prices
           where size.Size == template.Size && size.Region == template.Region && size.Price(template.Spot) is not null
           select new ComputeOffer
           {
               Pool = template.Pool.Name,
               Size = size.Size,
               VCpus = size.VCpus,
               MemoryBytes = size.MemoryBytes,
               Gpus = [.. Enumerable.Repeat(size.Gpu ?? "", size.GpuCount)],
               PricePerHour = size.Price(template.Spot)!.Value,
               Currency = size.Currency,
               Spot = template.Spot,
               Region = size.Region,
               PriceSource = size.Source,
               PriceSeen = size.Seen,
               PriceVerified = size.Verified,
           },
    ]);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeNode>> GrowAsync(PoolTarget target, CancellationToken cancel)
    {
        var template = Find(target.Pool);
        using var _ = await EnterAsync(target.Pool, cancel);
        if (Seen(target) is { } seen)
            return seen;
        Forget(target.Pool);
        try
        {
            return Keep(target, await GrowAsync(template, target.Count, cancel));
        }
        catch (RequestFailedException failed)
        {
            Note(template, ArmFailure.Read(failed));
            throw Translated(failed, "Growing", template);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeNode>> ListAsync(string pool, CancellationToken cancel)
    {
        var template = Find(pool);
        try
        {
            return [.. (await MachinesAsync(template, cancel)).Select(machine => Node(template, machine)).OrderBy(node => node.Id, StringComparer.Ordinal)];
        }
        catch (RequestFailedException failed)
        {
            throw Translated(failed, "Listing", template);
        }
    }

    /// <inheritdoc/>
    public async Task TerminateAsync(string pool, string nodeId, CancellationToken cancel)
    {
        var template = Find(pool);
        using var _ = await EnterAsync(pool, cancel);
        try
        {
            var machine = (await MachinesAsync(template, cancel)).FirstOrDefault(machine => Node(template, machine).Id == nodeId);
            if (machine is not null && GrowthRule.State(machine.ProvisioningState) != ComputeNodeState.Deleting)
                await DeleteAsync(template, machine, cancel);
        }
        catch (RequestFailedException failed)
        {
            throw Translated(failed, "Ending a machine", template);
        }
    }

    private async Task<IReadOnlyList<ComputeNode>> GrowAsync(ScaleSetTemplate template, int wanted, CancellationToken cancel)
    {
        var shortage = await ShortageAsync(template, cancel);
        var set = await SetAsync(template, cancel);
        if (set is null && wanted <= 0)
            return [];
        var nodes = set is null ? [] : await ListAsync(template.Pool.Name, cancel);
        var settled = GrowthRule.State(set?.ProvisioningState) is ComputeNodeState.Running or ComputeNodeState.Failed;
        var capacity = GrowthRule.Capacity(wanted, template.Pool.MaxNodes, (int)(set?.Sku?.Capacity ?? 0), settled, nodes);
        if (capacity is null)
            return nodes;
        if (shortage is not null)
            return Fewer(template, nodes, wanted, shortage);
        try
        {
            await ScaleAsync(template, set is null, capacity.Value, cancel);
        }
        catch (RequestFailedException failed) when (Possible(template, nodes.Count, capacity.Value, failed) is { } possible)
        {
            LogFewer(Name(template), possible, capacity.Value, ArmFailure.Read(failed).Text);
            await ScaleAsync(template, set is null, possible, cancel);
        }

        return await ListAsync(template.Pool.Name, cancel);
    }

    /// <summary>What became of the growth that was last asked for: null when it succeeded, goes on, or was none of ours. Said once, so that the next call tries again.</summary>
    private async Task<ArmFailure?> ShortageAsync(ScaleSetTemplate template, CancellationToken cancel)
    {
        if (!growths.TryGetValue(template.Pool.Name, out var growth))
            return null;
        try
        {
            await growth.UpdateStatusAsync(cancel);
            if (growth.HasCompleted)
            {
                growths.TryRemove(template.Pool.Name, out _);
                refused.TryRemove(template.Pool.Name, out _);
            }

            return null;
        }
        catch (RequestFailedException failed)
        {
            growths.TryRemove(template.Pool.Name, out _);
            var failure = ArmFailure.Read(failed);
            Note(template, failure);
            return failure.IsShortage ? failure : null;
        }
    }

    private void Note(ScaleSetTemplate template, ArmFailure failure)
    {
        if (failure.IsShortage)
            refused[template.Pool.Name] = (clock.GetUtcNow(), failure);
    }

    private IReadOnlyList<ComputeNode> Fewer(ScaleSetTemplate template, IReadOnlyList<ComputeNode> nodes, int wanted, ArmFailure shortage)
    {
        if (!nodes.Any(node => node.State is ComputeNodeState.Creating or ComputeNodeState.Running))
            throw shortage.ToException(Doing("Growing", template), template.Size, template.Region);
        LogFewer(Name(template), nodes.Count, wanted, shortage.Text);
        return nodes;
    }

    private int? Possible(ScaleSetTemplate template, int there, int asked, RequestFailedException failed)
    {
        var each = SizeOf(template)?.VCpus;
        return GrowthRule.WithinQuota(there, ArmFailure.Read(failed).QuotaLeft, each) is { } possible && possible < asked ? possible : null;
    }

    private PricedSize? SizeOf(ScaleSetTemplate template) => options.Prices.FirstOrDefault(size => size.Size == template.Size && size.Region == template.Region);

    private async Task ScaleAsync(ScaleSetTemplate template, bool create, int capacity, CancellationToken cancel)
    {
        if (create)
        {
            var data = ScaleSetModel.Of(options.Owner, template, capacity);
            growths[template.Pool.Name] = await calls.RunAsync(() => Group().GetVirtualMachineScaleSets().CreateOrUpdateAsync(WaitUntil.Started, Name(template), data, cancel), cancel);
            LogCreated(Name(template), capacity, template.Size);
            return;
        }

        var patch = new VirtualMachineScaleSetPatch { Sku = new ComputeSku { Name = template.Size, Tier = "Standard", Capacity = capacity } };
        growths[template.Pool.Name] = await calls.RunAsync(() => Set(Name(template)).UpdateAsync(WaitUntil.Started, patch, cancel), cancel);
        LogScaled(Name(template), capacity);
    }

    private async Task DeleteAsync(ScaleSetTemplate template, VirtualMachineScaleSetVmData machine, CancellationToken cancel)
    {
        Forget(template.Pool.Name);
        var which = new VirtualMachineScaleSetVmInstanceRequiredIds([Instance(machine)]);
        LogTerminating(Node(template, machine).Id, Name(template));
        await FoundAsync(() => Set(Name(template)).DeleteInstancesAsync(WaitUntil.Started, which, cancellationToken: cancel), cancel);
    }

    private async Task<VirtualMachineScaleSetData?> SetAsync(ScaleSetTemplate template, CancellationToken cancel)
    {
        var data = (await FoundAsync(() => Set(Name(template)).GetAsync(cancellationToken: cancel), cancel))?.Value.Data;
        if (data is not null && !IsOurs(data))
            throw Fail.Conflict($"The scale set '{Name(template)}' is there and has not our tags.", $"Delete it, or give it the tag '{ScaleSetModel.OwnerTag}' with the value '{options.Owner}'.");
        return GrowthRule.State(data?.ProvisioningState) == ComputeNodeState.Deleting
            ? throw Fail.Conflict($"The scale set '{Name(template)}' is being deleted.", "It is tried again once it is gone.", retryable: true)
            : data;
    }

    private async Task<List<VirtualMachineScaleSetVmData>> MachinesAsync(ScaleSetTemplate template, CancellationToken cancel) =>
        await FoundAsync(() => MachinesAsync(Name(template), cancel), cancel) ?? [];

    private async Task<List<VirtualMachineScaleSetVmData>> MachinesAsync(string set, CancellationToken cancel)
    {
        List<VirtualMachineScaleSetVmData> machines = [];
        await foreach (var machine in Set(set).GetVirtualMachineScaleSetVms().GetAllAsync(cancellationToken: cancel))
            machines.Add(machine.Data);
        return machines;
    }

    /// <summary>What a call brings; null when the thing is not there.</summary>
    private async Task<T?> FoundAsync<T>(Func<Task<T>> call, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await calls.RunAsync(call, cancel);
        }
        catch (RequestFailedException failed) when (failed.Status == 404)
        {
            return null;
        }
    }

    /// <summary>A node's id is from the machine's vmId, which its agent finds in the instance metadata: unlike instance numbers, it is not given again when a set is created anew.</summary>
    private static ComputeNode Node(ScaleSetTemplate template, VirtualMachineScaleSetVmData machine) => new(
        string.IsNullOrEmpty(machine.VmId) ? $"{template.Pool.Name}-{Instance(machine)}" : $"node-{machine.VmId.ToLowerInvariant()}",
        template.Pool.Name, template.Size, GrowthRule.State(machine.ProvisioningState), machine.TimeCreated ?? DateTimeOffset.UnixEpoch);

    /// <summary>The instance's number, which the smallest answer that is allowed has in the id alone.</summary>
    private static string Instance(VirtualMachineScaleSetVmData machine) => string.IsNullOrEmpty(machine.InstanceId) ? machine.Id.Name : machine.InstanceId;

    private bool IsOurs(VirtualMachineScaleSetData set) => set.Tags.TryGetValue(ScaleSetModel.OwnerTag, out var owner) && owner == options.Owner;

    private ResourceGroupResource Group() => client.GetResourceGroupResource(ResourceGroupResource.CreateResourceIdentifier(options.SubscriptionId, options.ResourceGroup));

    private VirtualMachineScaleSetResource Set(string name) =>
        client.GetVirtualMachineScaleSetResource(VirtualMachineScaleSetResource.CreateResourceIdentifier(options.SubscriptionId, options.ResourceGroup, name));

    private string Name(ScaleSetTemplate template) => ScaleSetModel.Name(options.Owner, template.Pool.Name);

    private static string Doing(string what, ScaleSetTemplate template) => $"{what} in the pool '{template.Pool.Name}'";

    private static ServerlessException Translated(RequestFailedException failed, string what, ScaleSetTemplate template) =>
        ArmFailure.Read(failed).ToException(Doing(what, template), template.Size, template.Region);

    private ScaleSetTemplate Find(string pool) => templates.GetValueOrDefault(pool)
        ?? throw Fail.NotFound("pool", pool, $"The pools here are: {string.Join(", ", templates.Keys.Order(StringComparer.Ordinal))}.");

    private async Task<IDisposable> EnterAsync(string pool, CancellationToken cancel)
    {
        var gate = gates.GetOrAdd(pool, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancel);
        return new Leave(gate);
    }

    private sealed class Leave(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
