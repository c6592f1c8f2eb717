using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>
/// The rules of the public specification (Microsoft.Compute, ComputeRP, 2023-07-01, virtualMachineScaleSet.json) for the members that we send: what must be there, types, enumerations;
/// a member without a rule is an error, so that nothing is sent that nobody looked up.
/// </summary>
internal static class ArmRules
{
    public const string ApiVersion = "2023-07-01";

    /// <summary>The list of sizes has a version of its own (Skus/stable/2021-07-01).</summary>
    public const string SkusVersion = "2021-07-01";

    private static readonly Dictionary<string, string> Set = new()
    {
        ["location"] = "string!",
        ["tags"] = "map",
        ["tags.*"] = "string",
        ["sku"] = "object!",
        ["sku.name"] = "string!",
        ["sku.tier"] = "Standard|Basic",
        ["sku.capacity"] = "integer!",
        ["identity"] = "object",
        ["identity.type"] = "SystemAssigned|UserAssigned|SystemAssigned, UserAssigned|None",
        ["identity.userAssignedIdentities"] = "map",
        ["identity.userAssignedIdentities.*"] = "object",
        ["properties"] = "object!",
        ["properties.orchestrationMode"] = "Uniform|Flexible",
        ["properties.upgradePolicy"] = "object!",
        ["properties.upgradePolicy.mode"] = "Automatic|Manual|Rolling",
        ["properties.overprovision"] = "boolean",
        ["properties.singlePlacementGroup"] = "boolean",
        ["properties.virtualMachineProfile"] = "object!",
        ["properties.virtualMachineProfile.priority"] = "Regular|Low|Spot",
        ["properties.virtualMachineProfile.evictionPolicy"] = "Deallocate|Delete",
        ["properties.virtualMachineProfile.billingProfile"] = "object",
        ["properties.virtualMachineProfile.billingProfile.maxPrice"] = "number",
        ["properties.virtualMachineProfile.osProfile"] = "object!",
        ["properties.virtualMachineProfile.osProfile.computerNamePrefix"] = "string!",
        ["properties.virtualMachineProfile.osProfile.adminUsername"] = "string!",
        ["properties.virtualMachineProfile.osProfile.customData"] = "string",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration"] = "object",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication"] = "boolean",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh"] = "object",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys"] = "array",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys.*"] = "object",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys.*.path"] = "string!",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys.*.keyData"] = "string!",
        ["properties.virtualMachineProfile.storageProfile"] = "object!",
        ["properties.virtualMachineProfile.storageProfile.imageReference"] = "object!",
        ["properties.virtualMachineProfile.storageProfile.imageReference.id"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.publisher"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.offer"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.sku"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.version"] = "string",
        ["properties.virtualMachineProfile.storageProfile.osDisk"] = "object",
        ["properties.virtualMachineProfile.storageProfile.osDisk.createOption"] = "FromImage!|Empty|Attach",
        ["properties.virtualMachineProfile.storageProfile.osDisk.caching"] = "None|ReadOnly|ReadWrite",
        ["properties.virtualMachineProfile.storageProfile.osDisk.diskSizeGB"] = "integer",
        ["properties.virtualMachineProfile.storageProfile.osDisk.managedDisk"] = "object",
        ["properties.virtualMachineProfile.storageProfile.osDisk.managedDisk.storageAccountType"] = "Standard_LRS|Premium_LRS|StandardSSD_LRS|UltraSSD_LRS|Premium_ZRS|StandardSSD_ZRS|PremiumV2_LRS",
        ["properties.virtualMachineProfile.networkProfile"] = "object!",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations"] = "array!",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*"] = "object",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.name"] = "string!",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties"] = "object",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.primary"] = "boolean",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations"] = "array!",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations.*"] = "object",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations.*.name"] = "string!",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations.*.properties"] = "object",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations.*.properties.primary"] = "boolean",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations.*.properties.subnet"] = "object",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations.*.properties.subnet.id"] = "string!",
    };

    private static readonly Dictionary<string, string> Patch = new() { ["properties"] = "object", ["sku"] = "object!", ["sku.name"] = "string", ["sku.tier"] = "Standard|Basic", ["sku.capacity"] = "integer!" };

    private static readonly Dictionary<string, string> Delete = new() { ["instanceIds"] = "array!", ["instanceIds.*"] = "string" };

    /// <summary>What is wrong with a request's body; null when nothing is.</summary>
    public static string? Check(string method, JsonNode? body) => Check(method switch { "PUT" => Set, "PATCH" => Patch, _ => Delete }, body, "");

    private static string? Check(Dictionary<string, string> rules, JsonNode? node, string path)
    {
        if (path.Length > 0 && (!rules.TryGetValue(path, out var rule) || !Is(rule, node)))
            return rule is null ? $"'{path}' has no rule" : $"'{path}' is {node?.ToJsonString() ?? "null"}, not {rule}";
        if (node is JsonArray items)
            return items.Select(item => Check(rules, item, path + ".*")).FirstOrDefault(error => error is not null);
        if (node is not JsonObject members)
            return null;
        var prefix = path.Length == 0 ? "" : path + ".";
        var isMap = rules.GetValueOrDefault(path) == "map";
        var missing = rules.Where(rule => rule.Value.Contains('!') && rule.Key.StartsWith(prefix, StringComparison.Ordinal) && !rule.Key[prefix.Length..].Contains('.') && !members.ContainsKey(rule.Key[prefix.Length..]))
            .Select(rule => $"'{rule.Key}' is missing");
        return missing.Concat(members.Select(member => Check(rules, member.Value, prefix + (isMap ? "*" : member.Key)))).FirstOrDefault(error => error is not null);
    }

    private static bool Is(string rule, JsonNode? node) => rule.Replace("!", "", StringComparison.Ordinal) switch
    {
        "string" => node is JsonValue value && value.TryGetValue<string>(out _),
        "integer" => node is JsonValue value && value.TryGetValue<long>(out _),
        "number" => node is JsonValue value && value.TryGetValue<double>(out _),
        "boolean" => node is JsonValue value && value.TryGetValue<bool>(out _),
        "object" or "map" => node is JsonObject,
        "array" => node is JsonArray,
        var names => node is JsonValue value && value.TryGetValue<string>(out var text) && names.Split('|').Contains(text),
    };
}
