namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>The published examples of updating a scale set and of deleting machines of one (2023-07-01), by their files' names: the same members of the same types, with values of our own.</summary>
internal static class UpdateExamples
{
    private const string Reference = "{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/snapshots/x\"}";
    private const string Vault = "{\"sourceVault\":" + Reference + ",\"vaultCertificates\":[{\"certificateUrl\":\"https://v.vault.azure.net/c\",\"certificateStore\":\"My\"}]}";

    /// <summary>The profile of the machines, which the largest answers show as well.</summary>
    public static string Profile { get; } = Filled("""
        {"licenseType":"Windows_Server","userData":"b3Vycw==","billingProfile":{"maxPrice":-1},
         "scheduledEventsProfile":{"terminateNotificationProfile":{"notBeforeTimeout":"PT7M","enable":true}},
         "securityProfile":{"encryptionAtHost":true,"uefiSettings":{"secureBootEnabled":true,"vTpmEnabled":true},"securityType":"TrustedLaunch"},
         "diagnosticsProfile":{"bootDiagnostics":{"storageUri":"https://x.blob.core.windows.net","enabled":true}},
         "osProfile":{"customData":"b3Vycw==","secrets":[@vault],
           "windowsConfiguration":{"provisionVMAgent":true,"enableAutomaticUpdates":false,"timeZone":"UTC",
             "patchSettings":{"patchMode":"AutomaticByPlatform","enableHotpatching":true,"assessmentMode":"ImageDefault","automaticByPlatformSettings":{"rebootSetting":"IfRequired"}},
             "additionalUnattendContent":[{"passName":"OobeSystem","componentName":"Microsoft-Windows-Shell-Setup","settingName":"AutoLogon","content":"c"}],
             "winRM":{"listeners":[{"protocol":"Https","certificateUrl":"https://v.vault.azure.net/c"}]}},
           "linuxConfiguration":{"disablePasswordAuthentication":true,"provisionVMAgent":true,"patchSettings":{"patchMode":"ImageDefault","assessmentMode":"ImageDefault"},
             "ssh":{"publicKeys":[{"path":"/home/operator/.ssh/authorized_keys","keyData":"ssh-ed25519 AAAA"}]}}},
         "storageProfile":{"imageReference":{"publisher":"p","offer":"o","sku":"k","version":"latest","sharedGalleryImageId":"g","id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/i"},
           "osDisk":{"caching":"ReadWrite","writeAcceleratorEnabled":true,"diskSizeGB":64,"image":{"uri":"https://x.blob.core.windows.net/a/os.vhd"},"vhdContainers":["https://x.blob.core.windows.net/a"],
             "managedDisk":{"storageAccountType":"Standard_LRS","diskEncryptionSet":@id}},
           "dataDisks":[{"lun":3,"createOption":"Empty","name":"d","caching":"None","diskSizeGB":64,"writeAcceleratorEnabled":false,"diskIOPSReadWrite":10,"diskMBpsReadWrite":20,
             "managedDisk":{"storageAccountType":"Standard_LRS","diskEncryptionSet":@id}}]},
         "networkProfile":{"healthProbe":@id,"networkApiVersion":"2020-11-01","networkInterfaceConfigurations":[{"name":"nic","properties":{
           "primary":true,"enableAcceleratedNetworking":true,"enableFpga":false,"enableIPForwarding":true,"deleteOption":"Delete","networkSecurityGroup":@id,"dnsSettings":{"dnsServers":[]},
           "ipConfigurations":[{"name":"ip","properties":{"subnet":@id,"primary":true,"privateIPAddressVersion":"IPv4",
             "publicIPAddressConfiguration":{"name":"public","properties":{"idleTimeoutInMinutes":5,"dnsSettings":{"domainNameLabel":"ours"},"deleteOption":"Delete"}},
             "applicationGatewayBackendAddressPools":[@id],"applicationSecurityGroups":[@id],"loadBalancerBackendAddressPools":[@id],"loadBalancerInboundNatPools":[@id]}}]}}]},
         "extensionProfile":{"extensionsTimeBudget":"PT30M","extensions":[{"name":"e","properties":{"publisher":"p","type":"t","typeHandlerVersion":"1.0","autoUpgradeMinorVersion":true,
           "enableAutomaticUpgrade":false,"forceUpdateTag":"1","suppressFailures":true,"settings":{},"protectedSettings":{},"provisionAfterExtensions":["f"]}}]}}
        """);

    /// <summary>What is said of the set itself.</summary>
    public static string Policies { get; } = Filled("""
        "overprovision":true,"doNotRunExtensionsOnOverprovisionedVMs":true,"singlePlacementGroup":true,
        "additionalCapabilities":{"hibernationEnabled":false,"ultraSSDEnabled":true},"scaleInPolicy":{"rules":["OldestVM"],"forceDeletion":true},
        "proximityPlacementGroup":@id,"automaticRepairsPolicy":{"enabled":true,"gracePeriod":"PT20M"},
        "upgradePolicy":{"mode":"Manual","automaticOSUpgradePolicy":{"enableAutomaticOSUpgrade":true,"disableAutomaticRollback":false},
          "rollingUpgradePolicy":{"maxBatchInstancePercent":20,"maxUnhealthyInstancePercent":30,"maxUnhealthyUpgradedInstancePercent":40,"pauseTimeBetweenBatches":"PT1M",
            "enableCrossZoneUpgrade":true,"prioritizeUnhealthyInstances":true,"rollbackFailedInstancesOnPolicyBreach":true,"maxSurge":true}}
        """);

    /// <summary>The requests: method and body.</summary>
    public static IReadOnlyDictionary<string, (string Method, string Body)> Requests { get; } = new Dictionary<string, (string, string)>
    {
        ["Update_MaximumSet_Gen"] = ("PATCH", Filled("""
            {"sku":{"name":"Standard_D4s_v5","tier":"of-its-own","capacity":5},"plan":{"publisher":"p","product":"o","name":"k","promotionCode":"c"},"tags":{"a":"b"},
             "identity":{"type":"SystemAssigned","userAssignedIdentities":{"/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i":{}}},
             "properties":{@policies,"virtualMachineProfile":@profile}}
            """)),
        ["Update_MinimumSet_Gen"] = ("PATCH", "{}"),
        ["DeleteInstances_MaximumSet_Gen"] = ("POST", """{"instanceIds":["3"]}"""),
        ["DeleteInstances_MinimumSet_Gen"] = ("POST", """{"instanceIds":["3"]}"""),
    };

    /// <summary>Puts in what is there many times.</summary>
    public static string Filled(string text) => text.Replace("@profile", Profile, StringComparison.Ordinal).Replace("@policies", Policies, StringComparison.Ordinal)
        .Replace("@vault", Vault, StringComparison.Ordinal).Replace("@id", Reference, StringComparison.Ordinal);
}
