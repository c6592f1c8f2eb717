using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Core.Compute;
using Serverless.Infra.Compute.Offers;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

/// <summary>Pools over a fake of Azure.</summary>
internal static class ScaleSetBench
{
    public const string SetName = "sl-test-local";

    public static ScaleSetTemplate Template(int maxNodes = 3, string pool = "local") => new()
    {
        Pool = new PoolOptions { Name = pool, MaxNodes = maxNodes },
        Region = "eastus",
        Size = "Standard_NC4as_T4_v3",
        Image = "microsoft-dsvm:ubuntu-hpc:2204:latest",
        SubnetId = Id("Microsoft.Network/virtualNetworks/net/subnets/nodes"),
        IdentityId = Id("Microsoft.ManagedIdentity/userAssignedIdentities/node"),
        CloudInit = "#cloud-config\n",
        SshPublicKey = "ssh-ed25519 AAAA test",
    };

    /// <summary>Pools that look at Azure each time they are asked.</summary>
    public static ScaleSetPool Pool(FakeArmServer arm, TimeProvider clock, params ScaleSetTemplate[] templates) => Pool(arm, clock, TimeSpan.Zero, templates);

    /// <summary>Pools that tell what they saw for a while.</summary>
    public static ScaleSetPool Pool(FakeArmServer arm, TimeProvider clock, TimeSpan lookHolds, params ScaleSetTemplate[] templates) => new(
        new ScaleSetPoolOptions
        {
            SubscriptionId = FakeArmServer.Subscription,
            ResourceGroup = FakeArmServer.Group,
            Owner = "test",
            Templates = templates.Length == 0 ? [Template()] : templates,
            Prices = PriceFile.Embedded(),
            LookHolds = lookHolds,
            LookGap = lookHolds / 7,
        },
        arm.Client(), clock, NullLogger<ScaleSetPool>.Instance);

    private static string Id(string rest) => $"/subscriptions/{FakeArmServer.Subscription}/resourceGroups/{FakeArmServer.Group}/providers/{rest}";
}
