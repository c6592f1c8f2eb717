using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>How the published examples (2023-07-01) show machines of a scale set, by their files' names: the same members of the same types, with values of our own.</summary>
internal static class MachineAnswers
{
    public const string VmId = "0F6C2E0B-5F7A-4F7C-8E43-3F1F0A5B9C21";

    private const string Status = """{"code":"ProvisioningState/succeeded","level":"Info","displayStatus":"Provisioning succeeded","message":"m","time":"2026-05-04T03:02:01.123Z"}""";
    private const string Window = "\"2026-05-04T03:02:01.123Z\"";

    /// <summary>What else a machine of the largest example has.</summary>
    private const string Properties = """
        {"vmId":"@vmid","latestModelApplied":true,"modelDefinitionApplied":"VirtualMachineScaleSet","provisioningState":"Succeeded","timeCreated":"2026-05-04T03:02:01.1234567+00:00","licenseType":"l","userData":"b3Vycw==",
         "hardwareProfile":{"vmSize":"Standard_D4s_v5","vmSizeProperties":{"vCPUsAvailable":4,"vCPUsPerCore":2}},
         "networkProfileConfiguration":{"networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"enableAcceleratedNetworking":false,"enableIPForwarding":true,"enableFpga":false,
           "dnsSettings":{"dnsServers":[]},"networkSecurityGroup":@id,"deleteOption":"Delete","ipConfigurations":[{"name":"ip","properties":{"subnet":@id,"primary":true,"privateIPAddressVersion":"IPv4",
             "applicationGatewayBackendAddressPools":[@id],"applicationSecurityGroups":[@id],"loadBalancerBackendAddressPools":[@id],"loadBalancerInboundNatPools":[@id]}}]}}]},
         "storageProfile":{"imageReference":{"publisher":"p","offer":"o","sku":"k","version":"1","exactVersion":"1","sharedGalleryImageId":"g","id":"i"},
           "osDisk":{"osType":"Linux","name":"os","createOption":"FromImage","caching":"None","diskSizeGB":64,"deleteOption":"Delete","writeAcceleratorEnabled":false,
             "managedDisk":{"storageAccountType":"Standard_LRS","id":"d","diskEncryptionSet":@id},"diffDiskSettings":{"option":"Local","placement":"CacheDisk"},
             "encryptionSettings":{"enabled":false,"diskEncryptionKey":{"secretUrl":"s","sourceVault":@id},"keyEncryptionKey":{"keyUrl":"k","sourceVault":@id}},"vhd":{"uri":"u"},"image":{"uri":"u"}},
           "dataDisks":[{"lun":1,"name":"d","createOption":"Empty","caching":"None","diskSizeGB":64,"toBeDetached":false,"detachOption":"ForceDetach","deleteOption":"Delete","managedDisk":{"storageAccountType":"Standard_LRS","id":"d"}}]},
         "osProfile":{"computerName":"node000000","adminUsername":"operator","allowExtensionOperations":true,"requireGuestProvisionSignal":true,"secrets":[],"customData":"b3Vycw==","linuxConfiguration":{"disablePasswordAuthentication":true}},
         "networkProfile":{"networkApiVersion":"2020-11-01","networkInterfaces":[{"id":"/n/@instance","properties":{"primary":true,"deleteOption":"Delete"}}],"networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"dscpConfiguration":@id,"ipConfigurations":[{"name":"ip"}]}}]},
         "diagnosticsProfile":{"bootDiagnostics":{"enabled":true,"storageUri":"not an address"}},"availabilitySet":@id,"protectionPolicy":{"protectFromScaleIn":false,"protectFromScaleSetActions":false},
         "additionalCapabilities":{"ultraSSDEnabled":false,"hibernationEnabled":false},"securityProfile":{"encryptionAtHost":false,"securityType":"TrustedLaunch","uefiSettings":{"secureBootEnabled":true,"vTpmEnabled":true}},
         "instanceView":{"platformUpdateDomain":1,"platformFaultDomain":2,"rdpThumbPrint":"r","assignedHost":"h","placementGroupId":"not a guid","statuses":[@status],
           "vmAgent":{"vmAgentVersion":"1","statuses":[@status],"extensionHandlers":[{"type":"t","typeHandlerVersion":"1","status":@status}]},
           "maintenanceRedeployStatus":{"isCustomerInitiatedMaintenanceAllowed":true,"preMaintenanceWindowStartTime":@window,"preMaintenanceWindowEndTime":@window,"maintenanceWindowStartTime":@window,"maintenanceWindowEndTime":@window,"lastOperationResultCode":"None","lastOperationMessage":"m"},
           "disks":[{"name":"os","statuses":[@status],"encryptionSettings":[{"enabled":false}]}],"extensions":[{"name":"e","type":"t","typeHandlerVersion":"1","substatuses":[@status],"statuses":[@status]}],
           "vmHealth":{"status":@status},"bootDiagnostics":{"consoleScreenshotBlobUri":"not an address","serialConsoleLogBlobUri":"not an address","status":@status}}}
        """;

    /// <summary>VirtualMachineScaleSetVM_List_MaximumSet_Gen: a machine with everything.</summary>
    public static JsonNode Largest(string set, string instance) => Filled(set, instance, """
        {"id":"@machine","name":"@set_@instance","type":"Microsoft.Compute/virtualMachines","location":"eastus","tags":{},"instanceId":"@instance","zones":["1"],
         "sku":{"name":"Standard_D4s_v5","tier":"Standard","capacity":1},"plan":{"name":"k","publisher":"p","product":"o","promotionCode":"c"},"properties":@properties,
         "resources":[{"name":"e","id":"/e","type":"Microsoft.Compute/virtualMachines/extensions","location":"eastus","tags":{},"properties":{"publisher":"p","type":"t","typeHandlerVersion":"1","autoUpgradeMinorVersion":true,
           "enableAutomaticUpgrade":true,"forceUpdateTag":"f","suppressFailures":true,"provisioningState":"Succeeded","settings":{},"protectedSettings":{},"instanceView":{"name":"e","statuses":[@status]}}}]}
        """);

    /// <summary>VirtualMachineScaleSetVM_List_MinimumSet_Gen: where it is, and its id.</summary>
    public static JsonNode Least(string set, string instance) => Filled(set, instance, """{"location":"eastus","id":"@machine"}""");

    private static JsonNode Filled(string set, string instance, string text) => JsonNode.Parse(UpdateExamples.Filled(text.Replace("@properties", Properties, StringComparison.Ordinal))
        .Replace("@status", Status, StringComparison.Ordinal).Replace("@window", Window, StringComparison.Ordinal).Replace("@vmid", VmId, StringComparison.Ordinal)
        .Replace("@machine", ArmPaths.Machine(set, instance), StringComparison.Ordinal).Replace("@instance", instance, StringComparison.Ordinal).Replace("@set", set, StringComparison.Ordinal))!;
}
