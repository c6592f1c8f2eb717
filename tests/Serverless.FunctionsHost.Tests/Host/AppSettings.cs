using Serverless.Core.Hosting;

namespace Serverless.FunctionsHost.Tests.Host;

/// <summary>Settings of the function app in tests.</summary>
internal static class AppSettings
{
    /// <summary>Every setting is there, and no service of Azure can be reached: what a function asks of one fails.</summary>
    public static IReadOnlyDictionary<string, string> Offline { get; } = new Dictionary<string, string>
    {
        ["HTTPS_PROXY"] = "http://127.0.0.1:9", // nobody: so no call leaves the machine
        ["NO_PROXY"] = "127.0.0.1,localhost",
        [AzureSettings.ClientId] = "00000000-0000-0000-0000-00000000000a",
        [AzureSettings.Environment] = "tests",
        [AzureSettings.BlobEndpoint] = "https://127.0.0.1:9/account",
        [AzureSettings.Container] = "artifacts",
        [AzureSettings.DropContainer] = "drop",
        [AzureSettings.TableEndpoint] = "https://127.0.0.1:9/account",
        [AzureSettings.ServiceBusNamespace] = "localhost",
        [AzureSettings.KeyVault] = "https://127.0.0.1:9/",
        [AzureSettings.Subscription] = "00000000-0000-0000-0000-00000000000b",
        [AzureSettings.ResourceGroup] = "rg",
        [AzureSettings.Region] = "eastus",
        [AzureSettings.ApiUrl] = "https://localhost",
        [AzureSettings.InferenceUrl] = "http://127.0.0.1:9/",
        [AzureSettings.NodeSubnet] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/nodes",
        [AzureSettings.NodeIdentity] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/node",
        [AzureSettings.NodePrincipal] = "00000000-0000-0000-0000-00000000000c",
        [AzureSettings.NodeClient] = "00000000-0000-0000-0000-00000000000d",
        [AzureSettings.NodeImage] = "microsoft-dsvm:ubuntu-hpc:2204:latest",
        [AzureSettings.NodeSshKey] = "ssh-ed25519 AAAA test",
        [AzureSettings.AgentPackage] = $"https://registry.example/agent.tar.gz#sha256={new string('a', 64)}",
        [AzureSettings.Pools] = """[{"name":"cpu","size":"Standard_D4s_v5","maxNodes":2}]""",
        [AzureSettings.Registry] = "registry.example",
        [AzureSettings.TrainingImage] = "registry.example/training:1",
    };

    /// <summary>The same with the organisation's sign-in, without which there are no pools of machines.</summary>
    public static IReadOnlyDictionary<string, string> WithPools(IReadOnlyDictionary<string, string> settings) => new Dictionary<string, string>(settings)
    {
        [AzureSettings.Tenant] = "00000000-0000-0000-0000-000000000001",
        [AzureSettings.Audience] = "api://00000000-0000-0000-0000-00000000000e",
    };
}
