using Azure;
using Azure.ResourceManager.Compute;
using Serverless.Core.Compute;
using Serverless.Infra.Compute.Arm;

namespace Serverless.Infra.Compute.ScaleSets;

public sealed partial class ScaleSetPool
{
    /// <inheritdoc/>
    /// <remarks>Machines that failed, sets without machines, sets of pools that are no more; found by their tags, so it needs no memory. One host at a time sweeps: a set that another host fills at the same moment would go with its machines.</remarks>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        List<VirtualMachineScaleSetData> sets = [];
        try
        {
            sets = await calls.RunAsync(() => OursAsync(cancel), cancel);
        }
        catch (RequestFailedException failed)
        {
            LogNotSwept(options.ResourceGroup, ArmFailure.Read(failed).Text);
        }

        var deleted = 0;
        foreach (var set in sets)
        {
            try
            {
                deleted += await SweepAsync(set, cancel);
            }
            catch (RequestFailedException failed)
            {
                LogNotSwept(set.Id.Name, ArmFailure.Read(failed).Text);
            }
        }

        return deleted;
    }

    private async Task<List<VirtualMachineScaleSetData>> OursAsync(CancellationToken cancel)
    {
        List<VirtualMachineScaleSetData> sets = [];
        await foreach (var set in Group().GetVirtualMachineScaleSets().GetAllAsync(cancel))
        {
            if (IsOurs(set.Data) && GrowthRule.State(set.Data.ProvisioningState) != ComputeNodeState.Deleting)
                sets.Add(set.Data);
        }

        return sets;
    }

    private async Task<int> SweepAsync(VirtualMachineScaleSetData set, CancellationToken cancel)
    {
        var pool = set.Tags.TryGetValue(ScaleSetModel.PoolTag, out var tag) ? tag : "";
        if (!templates.TryGetValue(pool, out var template))
            return await DeleteSetAsync(set.Id.Name, "its pool is no more", cancel);
        using var _ = await EnterAsync(pool, cancel);
        var machines = await MachinesAsync(template, cancel);
        var now = await SetNowAsync(set.Id.Name, cancel);
        if (machines.Count == 0 && now is not null && IsOver(now))
        {
            Forget(pool);
            return await DeleteSetAsync(set.Id.Name, "it has no machines", cancel);
        }

        var failed = machines.Where(machine => GrowthRule.State(machine.ProvisioningState) == ComputeNodeState.Failed).ToList();
        foreach (var machine in failed)
            await DeleteAsync(template, machine, cancel);
        return failed.Count;
    }

    /// <summary>Whether a set without machines gets none either.</summary>
    private static bool IsOver(VirtualMachineScaleSetData set) => GrowthRule.State(set.ProvisioningState) switch
    {
        ComputeNodeState.Running => set.Sku?.Capacity is 0 or null,
        ComputeNodeState.Failed => true,
        _ => false,
    };

    private async Task<VirtualMachineScaleSetData?> SetNowAsync(string name, CancellationToken cancel) =>
        (await FoundAsync(() => Set(name).GetAsync(cancellationToken: cancel), cancel))?.Value.Data;

    private async Task<int> DeleteSetAsync(string name, string why, CancellationToken cancel)
    {
        LogDeleting(name, why);
        await FoundAsync(() => Set(name).DeleteAsync(WaitUntil.Started, cancellationToken: cancel), cancel);
        return 1;
    }
}
