namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>
/// The published examples of creating a scale set (2023-07-01), each by its file's name without what all have in common, as a base and what the example changes in it: the same members of the same
/// types, with values of our own.
/// </summary>
internal static class CreateExamples
{
    private const string Image = "storage/imageReference={\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/ours\"}";
    private const string Gallery = "storage/imageReference={\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/ours/images/trainer\"}";
    private const string Plan = "plan={\"publisher\":\"p\",\"product\":\"o\",\"name\":\"k\"}";
    private const string ReadOnly = "disk/caching=\"ReadOnly\"";
    private const string Data = "storage/dataDisks=[{\"lun\":0,\"createOption\":\"Empty\",\"diskSizeGB\":64},{\"lun\":1,\"createOption\":\"Empty\",\"diskSizeGB\":64}]";
    private const string Boot = "vm/diagnosticsProfile={\"bootDiagnostics\":{\"enabled\":true,\"storageUri\":\"https://x.blob.core.windows.net\"}}";
    private const string Vault = "{\"sourceVault\":{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v\"},\"secretUrl\":\"https://v.vault.azure.net/secrets/n/1\"}";
    private const string Uefi = "vm/securityProfile={\"uefiSettings\":{\"secureBootEnabled\":true,\"vTpmEnabled\":false},\"securityType\":\"TrustedLaunch\"}";
    private const string Cores = "vm/hardwareProfile={\"vmSizeProperties\":{\"vCPUsAvailable\":2,\"vCPUsPerCore\":1}}";
    private const string Upgrades = "set/upgradePolicy={\"mode\":\"Automatic\",\"automaticOSUpgradePolicy\":{\"enableAutomaticOSUpgrade\":true}}";

    /// <summary>The base: what nearly every example has.</summary>
    public const string Base = """
        {"location":"eastus","sku":{"name":"Standard_D4s_v5","tier":"Standard","capacity":2},
         "properties":{"overprovision":true,"upgradePolicy":{"mode":"Manual"},"virtualMachineProfile":{
           "storageProfile":{"imageReference":{"publisher":"p","offer":"o","sku":"k","version":"latest"},
             "osDisk":{"createOption":"FromImage","caching":"ReadWrite","managedDisk":{"storageAccountType":"Standard_LRS"}}},
           "osProfile":{"computerNamePrefix":"node","adminUsername":"operator","adminPassword":"of-a-test"},
           "networkProfile":{"networkInterfaceConfigurations":[{"name":"nic","properties":{"primary":true,"enableIPForwarding":true,
             "ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/a"}}}]}}]}}}}
        """;

    /// <summary>A further network card.</summary>
    private static string Nic(string members, string ip = "") =>
        $$$"""nics/1={"name":"second","properties":{"primary":false,"enableAcceleratedNetworking":false,"enableIPForwarding":false,{{{members}}},"ipConfigurations":[{"name":"ip2","properties":{"primary":true,"subnet":{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/b"},"privateIPAddressVersion":"IPv4"{{{ip}}}}}]}}""";

    private static string Extension(string members, string beside = "") =>
        $$$"""vm/extensionProfile={"extensions":[{"name":"e","properties":{"publisher":"p","type":"t","typeHandlerVersion":"1.0","autoUpgradeMinorVersion":false,"settings":{}{{{members}}}}}]{{{beside}}}}""";

    /// <summary>What each example changes in the base.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["WithPasswordAuthentication"] = [],
        ["WithSshAuthentication"] = ["login/adminPassword=", "login/linuxConfiguration={\"disablePasswordAuthentication\":true,\"ssh\":{\"publicKeys\":[{\"path\":\"/home/operator/.ssh/authorized_keys\",\"keyData\":\"ssh-ed25519 AAAA\"}]}}"],
        ["WithPremiumStorage"] = ["disk/managedDisk/storageAccountType=\"Premium_LRS\""],
        ["WithEmptyDataDisksOnEachVm"] = ["disk/diskSizeGB=64", Data],
        ["WithAzureLoadBalancer"] =
        [
            "ip/publicIPAddressConfiguration={\"name\":\"public\",\"properties\":{\"publicIPAddressVersion\":\"IPv4\"}}",
            "ip/loadBalancerInboundNatPools=[{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/b/inboundNatPools/p\"}]",
            "ip/loadBalancerBackendAddressPools=[{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/b/backendAddressPools/p\"}]",
        ],
        ["WithAzureApplicationGateway"] = ["ip/applicationGatewayBackendAddressPools=[{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/w/backendAddressPools/p\"}]"],
        ["WithBootDiagnostics"] = [Boot],
        ["WithManagedBootDiagnostics"] = ["vm/diagnosticsProfile={\"bootDiagnostics\":{\"enabled\":true}}"],
        ["WithAMarketplaceImagePlan"] = [Plan],
        ["FromACustomImage"] = [Image],
        ["FromAGeneralizedSharedImage"] = [Gallery],
        ["FromASpecializedSharedImage"] = [Gallery, "vm/osProfile="],
        ["PlatformImageWithUnmanagedOsDisks"] = ["disk/managedDisk=", "disk/name=\"os\"", "disk/vhdContainers=[\"https://x.blob.core.windows.net/a\",\"https://y.blob.core.windows.net/a\"]"],
        ["CustomImageFromAnUnmanagedGeneralizedOsImage"] = ["storage/imageReference=", "disk/managedDisk=", "disk/name=\"os\"", "disk/image={\"uri\":\"https://x.blob.core.windows.net/a/os.vhd\"}"],
        ["WithVMsInDifferentZones"] = ["zones=[\"1\",\"2\"]", "disk/diskSizeGB=64", Data, "set/upgradePolicy/mode=\"Automatic\""],
        ["WithDiffOsDisk"] = [Plan, ReadOnly, "disk/diffDiskSettings={\"option\":\"Local\"}"],
        ["WithDiffOsDiskUsingDiffDiskPlacement"] = [Plan, ReadOnly, "disk/diffDiskSettings={\"option\":\"Local\",\"placement\":\"ResourceDisk\"}"],
        ["WithTerminateScheduledEventEnabled"] = ["vm/scheduledEventsProfile={\"terminateNotificationProfile\":{\"enable\":true,\"notBeforeTimeout\":\"PT7M\"}}"],
        ["WithOSImageScheduledEventEnabled"] = ["vm/scheduledEventsProfile={\"osImageNotificationProfile\":{\"enable\":true,\"notBeforeTimeout\":\"PT15M\"}}"],
        ["WithAutomaticRepairs"] = ["set/automaticRepairsPolicy={\"enabled\":true,\"gracePeriod\":\"PT20M\"}"],
        ["WithDiskEncryptionSetResource"] =
        [
            Image, "disk/managedDisk/diskEncryptionSet={\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskEncryptionSets/d\"}",
            "storage/dataDisks=[{\"lun\":0,\"createOption\":\"Empty\",\"diskSizeGB\":64,\"caching\":\"ReadWrite\",\"managedDisk\":{\"storageAccountType\":\"Standard_LRS\",\"diskEncryptionSet\":{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskEncryptionSets/d\"}}}]",
        ],
        ["WithExtensionsTimeBudget"] = [Boot, Extension("", ",\"extensionsTimeBudget\":\"PT30M\"")],
        ["WithEncryptionAtHost"] = [Plan, ReadOnly, "vm/securityProfile={\"encryptionAtHost\":true}"],
        ["FromWithFpgaNetworkInterface"] = [Image, Nic("\"enableFpga\":true")],
        ["FromWithNetworkInterfaceWithDnsSettings"] =
        [
            Image, "nic/disableTcpStateTracking=true", "nic/enableAcceleratedNetworking=true",
            Nic("\"disableTcpStateTracking\":false", ",\"publicIPAddressConfiguration\":{\"name\":\"public\",\"properties\":{\"idleTimeoutInMinutes\":5,\"dnsSettings\":{\"domainNameLabel\":\"ours\",\"domainNameLabelScope\":\"NoReuse\"}}}"),
        ],
        ["FromWithDisableTcpStateTrackingNetworkInterface"] = [Image, "nic/disableTcpStateTracking=true", "nic/enableAcceleratedNetworking=true", Nic("\"disableTcpStateTracking\":false")],
        ["WithUefiSettings"] = [ReadOnly, "disk/managedDisk/storageAccountType=\"StandardSSD_LRS\"", Uefi],
        ["WithUserData"] = ["vm/userData=\"b3Vycw==\""],
        ["WithApplicationProfile"] =
        [
            "vm/applicationProfile={\"galleryApplications\":[{\"packageReferenceId\":\"/a/1\",\"configurationReference\":\"https://x.blob.core.windows.net/c\",\"tags\":\"t\",\"order\":1,\"treatFailureAsDeploymentFailure\":true,\"enableAutomaticUpgrade\":false},{\"packageReferenceId\":\"/a/2\"}]}",
        ],
        ["WithScaleInPolicy"] = ["set/scaleInPolicy={\"rules\":[\"NewestVM\"],\"forceDeletion\":false}"],
        ["WithExtensionsSuppressFailuresEnabled"] = [Boot, Extension(",\"suppressFailures\":true")],
        ["WithCapacityReservation"] = ["vm/capacityReservation={\"capacityReservationGroup\":{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/CapacityReservationGroups/c\"}}"],
        ["WithSpotRestorePolicy"] = ["vm/priority=\"Spot\"", "vm/evictionPolicy=\"Deallocate\"", "vm/billingProfile={\"maxPrice\":-1}", "set/spotRestorePolicy={\"enabled\":true,\"restoreTimeout\":\"PT2H\"}"],
        ["WithPriorityMixPolicy"] =
        [
            "set/overprovision=", "set/upgradePolicy=", "set/singlePlacementGroup=false", "set/orchestrationMode=\"Flexible\"", "vm/priority=\"Spot\"", "vm/evictionPolicy=\"Deallocate\"",
            "vm/billingProfile={\"maxPrice\":-1}", "set/priorityMixPolicy={\"baseRegularPriorityCount\":1,\"regularPriorityPercentageAboveBase\":25}",
        ],
        ["WithProtectedSettingsFromKeyVault"] = [Boot, Extension($",\"protectedSettingsFromKeyVault\":{Vault}")],
        ["WithVMSizeProperties"] = ["vm/userData=\"b3Vycw==\"", Cores],
        ["WithSecurityTypeConfidentialVM"] =
        [
            ReadOnly, "disk/managedDisk={\"storageAccountType\":\"StandardSSD_LRS\",\"securityProfile\":{\"securityEncryptionType\":\"VMGuestStateOnly\"}}", Uefi, "vm/securityProfile/securityType=\"ConfidentialVM\"",
        ],
        ["WithDiskControllerType"] = ["vm/userData=\"b3Vycw==\"", Cores, "storage/diskControllerType=\"NVMe\""],
        ["WithServiceArtifactReference"] = ["disk/managedDisk=", "disk/name=\"os\"", Upgrades, "vm/serviceArtifactReference={\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/ours/serviceArtifacts/a/vmArtifactsProfiles/p\"}"],
        ["WithSecurityPostureReference"] = ["disk/managedDisk=", "disk/name=\"os\"", Upgrades, "vm/securityPostureReference={\"id\":\"/CommunityGalleries/c/securityPostures/s/versions/latest\"}"],
    };
}
