using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Infra.Compute.Offers;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Compute.Settings;

namespace Serverless.Infra.Tests.Compute.Settings;

public sealed class ScaleSetSettingsTests
{
    [Fact]
    public void Read_AsTheTemplatesSetThem_GivesAPoolForEach()
    {
        var options = Read("""[{"name":"cpu","size":"Standard_D4s_v5","spot":false,"maxNodes":4,"idleSeconds":60},{"name":"gpu-spot","size":"Standard_NC4as_T4_v3","spot":true,"maxNodes":8,"idleSeconds":120,"bootSeconds":900,"maxSpotPrice":0.2}]""");
        Assert.Equal([("cpu", 4, 60.0, 600.0, false), ("gpu-spot", 8, 120.0, 900.0, true)],
            options.Templates.Select(template => (template.Pool.Name, template.Pool.MaxNodes, template.Pool.Idle.TotalSeconds, template.Pool.Boot.TotalSeconds, template.Spot)));
        Assert.Equal(["script of cpu, GPU: False", "script of gpu-spot, GPU: True"], options.Templates.Select(template => template.CloudInit));
        Assert.Equal(("env", "eastus", 0.2), (options.Owner, options.Templates[1].Region, options.Templates[1].MaxSpotPrice));
    }

    [Theory]
    [InlineData("", 10, 60)]
    [InlineData(",\"renewSeconds\":2", 2, 12)]
    public void Read_Renewals_HoldSixTimesAsLong(string member, double renew, double lease)
    {
        var pool = Assert.Single(Read($$"""[{"name":"a","size":"Standard_D4s_v5"{{member}}}]""").Templates).Pool;
        Assert.Equal((renew, lease), (pool.Renew.TotalSeconds, pool.Lease.TotalSeconds));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(",\"batchSeconds\":0.5", 0.5)]
    public void Read_Batches_AreASecondUnlessSaid(string member, double seconds) =>
        Assert.Equal(seconds, Assert.Single(Read($$"""[{"name":"a","size":"Standard_D4s_v5"{{member}}}]""").Templates).Pool.Batch.TotalSeconds);

    [Fact]
    public void Read_BatchesTooRare_AreRefused() =>
        Assert.Equal("SERVERLESS_POOLS[0].batchSeconds", Assert.Single(Assert.Throws<ServerlessException>(() => Read("""[{"name":"a","size":"Standard_D4s_v5","batchSeconds":61}]""")).Errors).Path);

    [Fact]
    public void Read_RenewalsTooRare_AreRefused() =>
        Assert.Equal("SERVERLESS_POOLS[0].renewSeconds", Assert.Single(Assert.Throws<ServerlessException>(() => Read("""[{"name":"a","size":"Standard_D4s_v5","renewSeconds":61}]""")).Errors).Path);

    [Fact]
    public void Read_SeveralSizes_AreAFamilyOfPools()
    {
        var options = Read("""[{"name":"gpu","sizes":["Standard_NC4as_T4_v3","Standard_NC24ads_A100_v4"]}]""");
        Assert.Equal([("gpu-nc4as-t4-v3", "gpu"), ("gpu-nc24ads-a100-v4", "gpu")], options.Templates.Select(template => (template.Pool.Name, template.Pool.Family)));
    }

    [Theory]
    [InlineData("""{"name":"gpu","size":"Standard_D4s_v5"}""", "'gpu' is the name of a pool and of a family.")]
    [InlineData("""{"name":"gpu-nc4as-t4-v3","size":"Standard_D4s_v5"}""", "The pool 'gpu-nc4as-t4-v3' is there 2 times.")]
    [InlineData("""{"name":"gpu","sizes":["Standard_NC8as_T4_v3","Standard_NC4as_T4_v3"]}""", "The pool 'gpu-nc4as-t4-v3' is there 2 times.")]
    public void Read_AFamilyAndAPoolOfOneName_AreRefused(string other, string words) =>
        Assert.Equal(words, Assert.Single(Assert.Throws<ServerlessException>(() => Read($$"""[{"name":"gpu","sizes":["Standard_NC4as_T4_v3","Standard_NC24ads_A100_v4"]},{{other}}]""")).Errors).Message);

    [Fact]
    public void Read_ManyErrors_SaysAllWithTheirPlaces()
    {
        const string pools = """
            [{"name":"../x","size":"Standard_D4s_v5"},{"name":"a","size":"Standard_None"},{"name":"b","size":"Standard_NC40ads_H100_v5","spot":true},
             {"name":"c","size":"Standard_D4s_v5","maxNodes":0,"idleSeconds":0},{"name":"c","size":"Standard_D4s_v5","osDiskGB":5,"region":"mars"},{"name":"d"}]
            """;
        var failed = Assert.Throws<ServerlessException>(() => Read(pools, (AzureSettings.NodeImage, " ")));
        string[] expected =
        [
            "SERVERLESS_NODE_IMAGE", "SERVERLESS_POOLS[0].pool.name", "SERVERLESS_POOLS[1].size", "SERVERLESS_POOLS[2].size", "SERVERLESS_POOLS[3].pool.maxNodes",
            "SERVERLESS_POOLS[3].idleSeconds", "SERVERLESS_POOLS[4].osDiskGB", "SERVERLESS_POOLS[4].size", "SERVERLESS_POOLS[5].size", "SERVERLESS_POOLS",
        ];
        Assert.Superset(expected.ToHashSet(), failed.Errors.Select(error => error.Path).ToHashSet());
        Assert.All(failed.Errors, error => Assert.NotEmpty(error.Cure));
        Assert.Contains(failed.Errors, error => error.Path == "SERVERLESS_POOLS[4].size" && error.Cure.Contains("--region mars", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("""[{"name":"a","size":"Standard_D4s_v5","color":1}]""")]
    [InlineData("""[{"name":"a","name":"b","size":"Standard_D4s_v5"}]""")]
    public void Read_WhatIsNoListOfPools_IsRefused(string pools) =>
        Assert.Equal(ProblemCodes.Invalid, Assert.Throws<ServerlessException>(() => Read(pools)).Code);

    internal static ScaleSetPoolOptions Read(string pools, params (string Name, string Value)[] changes)
    {
        var settings = new Dictionary<string, string>
        {
            [AzureSettings.Region] = "eastus",
            [AzureSettings.NodeImage] = "microsoft-dsvm:ubuntu-hpc:2204:latest",
            [AzureSettings.NodeSubnet] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/nodes",
            [AzureSettings.NodeIdentity] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/node",
            [AzureSettings.NodeSshKey] = "ssh-ed25519 AAAA test",
            [AzureSettings.Subscription] = FakeArm.FakeArmServer.Subscription,
            [AzureSettings.ResourceGroup] = FakeArm.FakeArmServer.Group,
            [AzureSettings.Environment] = "env",
            [AzureSettings.Pools] = pools,
        };
        foreach (var (name, value) in changes)
            settings[name] = value;
        return ScaleSetSettings.Read(settings.GetValueOrDefault, PriceFile.Embedded(), setup => $"script of {setup.Pool}, GPU: {setup.HasGpu}");
    }
}
