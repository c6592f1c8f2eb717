using System.Text.RegularExpressions;

namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>
/// The operations of the public specification that the pool may use: their methods, paths, versions and good answers. Sources: Azure/azure-rest-api-specs, Microsoft.Compute, ComputeRP/stable/2023-07-01
/// (virtualMachineScaleSet.json, computeRPCommon.json) and Skus/stable/2021-07-01 (skus.json), in our own words. Long operations answer with a header that says where they are polled.
/// </summary>
internal static class ArmOperations
{
    private const string Group = "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Compute/virtualMachineScaleSets";

    public static IReadOnlyList<ArmOperation> All { get; } =
    [
        new("VirtualMachineScaleSets_List", "GET", $"{Group}", ArmRules.ApiVersion, [200]),
        new("VirtualMachineScaleSets_Get", "GET", $"{Group}/[^/]+", ArmRules.ApiVersion, [200]),
        new("VirtualMachineScaleSets_CreateOrUpdate", "PUT", $"{Group}/[^/]+", ArmRules.ApiVersion, [200, 201]),
        new("VirtualMachineScaleSets_Update", "PATCH", $"{Group}/[^/]+", ArmRules.ApiVersion, [200]),
        new("VirtualMachineScaleSets_Delete", "DELETE", $"{Group}/[^/]+", ArmRules.ApiVersion, [200, 202, 204]),
        new("VirtualMachineScaleSets_DeleteInstances", "POST", $"{Group}/[^/]+/delete", ArmRules.ApiVersion, [200, 202]),
        new("VirtualMachineScaleSetVMs_List", "GET", $"{Group}/[^/]+/virtualMachines", ArmRules.ApiVersion, [200]),
        new("Usage_List", "GET", "/subscriptions/[^/]+/providers/Microsoft.Compute/locations/[^/]+/usages", ArmRules.ApiVersion, [200]),
        new("ResourceSkus_List", "GET", "/subscriptions/[^/]+/providers/Microsoft.Compute/skus", ArmRules.SkusVersion, [200]),
    ];

    /// <summary>The operation of a request; null when the specification has none that we looked up.</summary>
    public static ArmOperation? Find(string method, string path) =>
        All.FirstOrDefault(operation => operation.Method == method && Regex.IsMatch(path, $"^{operation.Path}$", RegexOptions.IgnoreCase));
}
