using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>How the published examples (2023-07-01) show a scale set in an answer, by their files' names: the same members of the same types, with values of our own. The name and the tags are those of a set of ours.</summary>
internal static class SetAnswers
{
    private const string Cpu = "1b8fca0c-6b4c-4f8e-9a6d-0c1e0f0a7d11";

    /// <summary>What an answer has that no request has.</summary>
    private static readonly string[] Added = ["name=\"sl-test-local\"", "type=\"Microsoft.Compute/virtualMachineScaleSets\"", "set/singlePlacementGroup=true", $"set/uniqueId=\"{Cpu}\"", "set/provisioningState=\"Creating\""];

    private static readonly string[] Network = ["nic/dnsSettings={\"dnsServers\":[]}", "nic/enableAcceleratedNetworking=false", "ip/privateIPAddressVersion=\"IPv4\""];

    /// <summary>Where an answer is more than the request and what is added to all.</summary>
    private static readonly Dictionary<string, string[]> Other = new()
    {
        ["WithEmptyDataDisksOnEachVm"] = ["storage/dataDisks/0/caching=\"None\"", "storage/dataDisks/0/managedDisk={\"storageAccountType\":\"Standard_LRS\"}"],
        ["WithVMsInDifferentZones"] = ["set/singlePlacementGroup=false", "set/zoneBalance=false", "storage/dataDisks/1/caching=\"None\"", "storage/dataDisks/1/managedDisk={\"storageAccountType\":\"Standard_LRS\"}"],
        ["CustomImageFromAnUnmanagedGeneralizedOsImage"] = ["disk/osType=\"Linux\""],
        ["WithUserData"] = ["vm/userData="],
        ["WithPriorityMixPolicy"] = ["set/singlePlacementGroup=false"],
        ["WithAzureLoadBalancer"] = ["ip/publicIPAddressConfiguration="],
    };

    private const string Applications =
        "vm/applicationProfile={\"galleryApplications\":[{\"tags\":\"t\",\"order\":1,\"packageReferenceId\":\"/a/1\",\"configurationReference\":\"https://x.blob.core.windows.net/c\"},{\"packageReferenceId\":\"/a/2\"}]}";

    /// <summary>Azure shows a state in small letters here, and in another example's list; elsewhere with a capital.</summary>
    private static readonly string[] Got =
    [
        "set/provisioningState=\"succeeded\"", "set/singlePlacementGroup=false", "set/overprovision=false", "set/doNotRunExtensionsOnOverprovisionedVMs=false", "set/platformFaultDomainCount=1",
        "set/hostGroup={\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/hostGroups/h\"}", "set/upgradePolicy={\"mode\":\"Automatic\",\"automaticOSUpgradePolicy\":{\"enableAutomaticOSUpgrade\":false}}",
        "storage/dataDisks=[]", "disk/diskSizeGB=64", "login/adminPassword=", "login/linuxConfiguration={\"disablePasswordAuthentication\":true}", "nic/enableIPForwarding=", "ip/primary=true",
        "nic/networkSecurityGroup={\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n\"}", "name=\"sl-test-local\"", "type=\"Microsoft.Compute/virtualMachineScaleSets\"",
    ];

    /// <summary>What most of the larger answers say beside the set.</summary>
    private static readonly string[] Beside =
    [
        "plan={\"publisher\":\"p\",\"product\":\"o\",\"name\":\"k\",\"promotionCode\":\"c\"}", "zones=[\"1\"]", "extendedLocation={\"name\":\"e\",\"type\":\"EdgeZone\"}",
        $"identity={{\"principalId\":\"{Cpu}\",\"tenantId\":\"{Cpu}\",\"type\":\"SystemAssigned\",\"userAssignedIdentities\":{{\"/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i\":{{\"principalId\":\"{Cpu}\",\"clientId\":\"{Cpu}\"}}}}}}",
    ];

    /// <summary>The creations' answers.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Created { get; } = CreateExamples.All.ToDictionary(example => example.Key, example => Ours(JsonEdits.Apply(CreateExamples.Base, [
        .. example.Value, .. Login(example.Value), .. Network, .. Added, .. Other.GetValueOrDefault(example.Key, [])])));

    /// <summary>Answers of sets whose operations are over.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Settled { get; } = new Dictionary<string, JsonNode>
    {
        ["Get"] = Ours(JsonEdits.Apply(CreateExamples.Base, [.. Got, Applications, "vm/userData=\"b3Vycw==\"", "set/timeCreated=\"2026-05-04T03:02:01.1234567+00:00\""])),
        ["Get_WithUserData"] = Ours(JsonEdits.Apply(CreateExamples.Base, [.. Got, Applications, "vm/userData=\"b3Vycw==\""])),
        ["Get_AutoPlacedOnDedicatedHostGroup"] = Ours(JsonEdits.Apply(CreateExamples.Base, [.. Got, "location=\"East US\""])),
        ["Get_WithDiskControllerType"] = Ours(JsonEdits.Apply(CreateExamples.Base, [.. Got, Applications, "vm/userData=\"b3Vycw==\"", "storage/diskControllerType=\"NVMe\""])),
        ["List_MaximumSet_Gen"] = Ours(Largest("set/spotRestorePolicy={\"enabled\":true,\"restoreTimeout\":\"PT2H\"}", "set/orchestrationMode=\"Uniform\"", "vm/priority=\"Regular\"", "vm/evictionPolicy=\"Deallocate\"")),
        ["Update_MaximumSet_Gen"] = Ours(Largest("set/zoneBalance=true", "set/orchestrationMode=\"Uniform\"", "vm/capacityReservation={\"capacityReservationGroup\":{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/capacityReservationGroups/c\"}}")),
    };

    /// <summary>A set as the list's smallest example shows it: where it is, and its id.</summary>
    public static JsonNode Least(string name) => JsonNode.Parse($$"""{"location":"eastus","id":"{{ArmPaths.Set(name)}}"}""")!;

    /// <summary>Makes a set one of ours.</summary>
    public static JsonNode Ours(JsonNode set, string name = "sl-test-local")
    {
        set["id"] = ArmPaths.Set(name);
        set["tags"] = new JsonObject { ["serverless-owner"] = "test", ["serverless-pool"] = "local" };
        return set;
    }

    private static string[] Login(string[] edits) => edits.Contains("vm/osProfile=") ? [] :
    [
        "login/adminPassword=", "login/secrets=[]",
        edits.Any(edit => edit.StartsWith("login/linuxConfiguration", StringComparison.Ordinal)) ? "login/allowExtensionOperations=true"
            : edits.Any(edit => edit.StartsWith("storage/imageReference={\"id\"", StringComparison.Ordinal)) ? "login/linuxConfiguration={\"disablePasswordAuthentication\":false}"
            : "login/windowsConfiguration={\"provisionVMAgent\":true,\"enableAutomaticUpdates\":true}",
    ];

    private static JsonNode Largest(params string[] more) => JsonEdits.Apply(CreateExamples.Base,
    [
        $"properties={{{UpdateExamples.Policies},\"virtualMachineProfile\":{UpdateExamples.Profile}}}", "login/computerNamePrefix=\"node\"", "login/adminUsername=\"operator\"", "disk/createOption=\"FromImage\"",
        "disk/name=\"os\"", "disk/osType=\"Linux\"", "disk/diffDiskSettings={\"option\":\"Local\",\"placement\":\"CacheDisk\"}", "storage/imageReference/exactVersion=\"1.2.3\"", Applications,
        "ip/publicIPAddressConfiguration/sku={\"name\":\"Basic\",\"tier\":\"Regional\"}", "ip/publicIPAddressConfiguration/properties/publicIPAddressVersion=\"IPv4\"",
        "ip/publicIPAddressConfiguration/properties/ipTags=[{\"ipTagType\":\"t\",\"tag\":\"v\"}]", "vm/extensionProfile/extensions/0/id=\"e\"", "vm/extensionProfile/extensions/0/type=\"t\"",
        "vm/extensionProfile/extensions/0/properties/provisioningState=\"Succeeded\"", "set/provisioningState=\"succeeded\"", $"set/uniqueId=\"{Cpu}\"", "set/platformFaultDomainCount=1",
        "set/hostGroup={\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/hostGroups/h\"}", "name=\"sl-test-local\"", "type=\"Microsoft.Compute/virtualMachineScaleSets\"", .. Beside, .. more,
    ]);
}
