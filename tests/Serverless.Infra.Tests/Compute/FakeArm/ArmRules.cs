using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>
/// The rules of the public specification (Azure/azure-rest-api-specs, Microsoft.Compute, ComputeRP/stable/2023-07-01: virtualMachineScaleSet.json, computeRPCommon.json) for the members that we send and read,
/// in our own words: types, enumerations, and what must be there. <c>!</c> marks what the specification requires; <c>+</c> what it leaves optional and its text or a uniform set needs all the same.
/// A member without a rule is an error, so that nothing is sent that nobody looked up. Lengths and ranges are those of the members' descriptions.
/// </summary>
internal static partial class ArmRules
{
    public const string ApiVersion = "2023-07-01";

    /// <summary>The list of sizes has a version of its own (Skus/stable/2021-07-01).</summary>
    public const string SkusVersion = "2021-07-01";

    private const string DiskTypes = "Standard_LRS|Premium_LRS|StandardSSD_LRS|UltraSSD_LRS|Premium_ZRS|StandardSSD_ZRS|PremiumV2_LRS";

    private static readonly Dictionary<string, string> Set = new()
    {
        ["location"] = "string!",
        ["tags"] = "map",
        ["tags.*"] = "string",
        ["sku"] = "object+",
        ["sku.name"] = "string+",
        ["sku.tier"] = "Standard|Basic",
        ["sku.capacity"] = "integer+",
        ["identity"] = "object",
        ["identity.type"] = "SystemAssigned|UserAssigned|SystemAssigned, UserAssigned|None",
        ["identity.userAssignedIdentities"] = "map",
        ["identity.userAssignedIdentities.*"] = "object",
        ["properties"] = "object+",
        ["properties.orchestrationMode"] = "Uniform|Flexible",
        ["properties.upgradePolicy"] = "object+",
        ["properties.upgradePolicy.mode"] = "Automatic|Manual|Rolling",
        ["properties.overprovision"] = "boolean",
        ["properties.singlePlacementGroup"] = "boolean",
        ["properties.virtualMachineProfile"] = "object+",
        ["properties.virtualMachineProfile.priority"] = "Regular|Low|Spot",
        ["properties.virtualMachineProfile.evictionPolicy"] = "Deallocate|Delete",
        ["properties.virtualMachineProfile.billingProfile"] = "object",
        ["properties.virtualMachineProfile.billingProfile.maxPrice"] = "number",
        ["properties.virtualMachineProfile.osProfile"] = "object+",
        ["properties.virtualMachineProfile.osProfile.computerNamePrefix"] = "string+",
        ["properties.virtualMachineProfile.osProfile.adminUsername"] = "string+",
        ["properties.virtualMachineProfile.osProfile.customData"] = "string",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration"] = "object",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication"] = "boolean",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh"] = "object",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys"] = "array",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys.*"] = "object",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys.*.path"] = "string+",
        ["properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys.*.keyData"] = "string+",
        ["properties.virtualMachineProfile.storageProfile"] = "object+",
        ["properties.virtualMachineProfile.storageProfile.imageReference"] = "object+",
        ["properties.virtualMachineProfile.storageProfile.imageReference.id"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.publisher"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.offer"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.sku"] = "string",
        ["properties.virtualMachineProfile.storageProfile.imageReference.version"] = "string",
        ["properties.virtualMachineProfile.storageProfile.osDisk"] = "object",
        ["properties.virtualMachineProfile.storageProfile.osDisk.createOption"] = "FromImage!",
        ["properties.virtualMachineProfile.storageProfile.osDisk.caching"] = "None|ReadOnly|ReadWrite",
        ["properties.virtualMachineProfile.storageProfile.osDisk.diskSizeGB"] = "integer",
        ["properties.virtualMachineProfile.storageProfile.osDisk.managedDisk"] = "object",
        ["properties.virtualMachineProfile.storageProfile.osDisk.managedDisk.storageAccountType"] = DiskTypes,
        ["properties.virtualMachineProfile.networkProfile"] = "object+",
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations"] = "array+",
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
        ["properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.*.properties.ipConfigurations.*.properties.subnet.id"] = "string+",
    };

    private static readonly Dictionary<string, string> Patch = new()
    {
        ["properties"] = "object",
        ["sku"] = "object+",
        ["sku.name"] = "string",
        ["sku.tier"] = "Standard|Basic",
        ["sku.capacity"] = "integer+",
    };

    private static readonly Dictionary<string, string> Delete = new() { ["instanceIds"] = "array!", ["instanceIds.*"] = "string" };

    private static readonly Dictionary<string, string> SetShown = new()
    {
        ["id"] = "string",
        ["name"] = "string",
        ["type"] = "string",
        ["properties.provisioningState"] = "string",
        ["properties.timeCreated"] = "string",
    };

    private static readonly Dictionary<string, string> Machines = new()
    {
        ["value"] = "array!",
        ["value.*"] = "object",
        ["value.*.id"] = "string",
        ["value.*.name"] = "string",
        ["value.*.type"] = "string",
        ["value.*.location"] = "string!",
        ["value.*.instanceId"] = "string",
        ["value.*.properties"] = "object",
        ["value.*.properties.vmId"] = "string",
        ["value.*.properties.provisioningState"] = "string",
        ["value.*.properties.timeCreated"] = "string",
        ["nextLink"] = "string",
    };

    private static readonly Dictionary<string, string> Usages = new()
    {
        ["value"] = "array!",
        ["value.*"] = "object",
        ["value.*.unit"] = "Count!",
        ["value.*.currentValue"] = "integer!",
        ["value.*.limit"] = "integer!",
        ["value.*.name"] = "object!",
        ["value.*.name.value"] = "string",
        ["value.*.name.localizedValue"] = "string",
        ["nextLink"] = "string",
    };

    private static readonly Dictionary<string, string> Sizes = new()
    {
        ["value"] = "array!",
        ["value.*"] = "object",
        ["value.*.resourceType"] = "string",
        ["value.*.name"] = "string",
        ["value.*.tier"] = "string",
        ["value.*.size"] = "string",
        ["value.*.family"] = "string",
        ["value.*.locations"] = "array",
        ["value.*.locations.*"] = "string",
        ["value.*.locationInfo"] = "array",
        ["value.*.locationInfo.*"] = "object",
        ["value.*.locationInfo.*.location"] = "string",
        ["value.*.locationInfo.*.zones"] = "array",
        ["value.*.locationInfo.*.zones.*"] = "string",
        ["value.*.capabilities"] = "array",
        ["value.*.capabilities.*"] = "object",
        ["value.*.capabilities.*.name"] = "string",
        ["value.*.capabilities.*.value"] = "string",
        ["value.*.restrictions"] = "array",
        ["value.*.restrictions.*"] = "object",
        ["value.*.restrictions.*.type"] = "Location|Zone",
        ["value.*.restrictions.*.values"] = "array",
        ["value.*.restrictions.*.values.*"] = "string",
        ["value.*.restrictions.*.restrictionInfo"] = "object",
        ["value.*.restrictions.*.restrictionInfo.locations"] = "array",
        ["value.*.restrictions.*.restrictionInfo.locations.*"] = "string",
        ["value.*.restrictions.*.reasonCode"] = "QuotaId|NotAvailableForSubscription",
        ["nextLink"] = "string",
    };

    /// <summary>What is wrong with a request's body; null when nothing is.</summary>
    public static string? Check(string method, JsonNode? body)
    {
        var wrong = Check(method switch { "PUT" => Set, "PATCH" => Patch, _ => Delete }, body, "");
        return wrong ?? (method == "PUT" ? Range(body!["properties"]!["virtualMachineProfile"]!) : null);
    }

    /// <summary>What is wrong with a good answer's body; null when nothing is.</summary>
    public static string? CheckAnswer(string operation, JsonNode? body) => operation switch
    {
        "VirtualMachineScaleSets_Get" or "VirtualMachineScaleSets_CreateOrUpdate" or "VirtualMachineScaleSets_Update" => Check(Shown, body, ""),
        "VirtualMachineScaleSets_List" => body?["value"] is JsonArray sets ? sets.Select(set => Check(Shown, set, "")).FirstOrDefault(error => error is not null) : "'value' is missing",
        "VirtualMachineScaleSetVMs_List" => Check(Machines, body, ""),
        "Usage_List" => Check(Usages, body, ""),
        "ResourceSkus_List" => Check(Sizes, body, ""),
        _ => body is null ? null : "no body is expected",
    };

    /// <summary>A set that is shown has what it was created with, which nobody has to repeat, and what Azure adds.</summary>
    private static Dictionary<string, string> Shown => new(Set.Where(rule => rule.Key != "location").Select(rule => KeyValuePair.Create(rule.Key, rule.Value.Replace("+", "", StringComparison.Ordinal))).Concat(SetShown)) { ["location"] = "string!" };

    private static string? Range(JsonNode machine)
    {
        var (prefix, user) = ((string)machine["osProfile"]!["computerNamePrefix"]!, (string)machine["osProfile"]!["adminUsername"]!);
        if (prefix.Length is < 1 or > 15)
            return $"computerNamePrefix '{prefix}' has not 1 to 15 characters";
        if (user.Length is < 1 or > 64 || user is "admin" or "root" or "user" or "test" or "guest" or "owner" or "server")
            return $"adminUsername '{user}' is not allowed";
        if (machine["storageProfile"]!["osDisk"]!["diskSizeGB"] is { } size && (long)size > 1023)
            return $"diskSizeGB {size} is over 1023";
        return machine["osProfile"]!["customData"] is { } data && Convert.FromBase64String((string)data!).Length > 65_535 ? "customData has more than 65535 bytes" : null;
    }

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
        var missing = rules.Where(rule => rule.Value.AsSpan().ContainsAny('!', '+') && rule.Key.StartsWith(prefix, StringComparison.Ordinal) && !rule.Key[prefix.Length..].Contains('.') && !members.ContainsKey(rule.Key[prefix.Length..]))
            .Select(rule => $"'{rule.Key}' is missing");
        return missing.Concat(members.Select(member => Check(rules, member.Value, prefix + (isMap ? "*" : member.Key)))).FirstOrDefault(error => error is not null);
    }

    private static bool Is(string rule, JsonNode? node) => rule.Replace("!", "", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal) switch
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
