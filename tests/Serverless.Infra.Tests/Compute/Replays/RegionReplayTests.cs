using System.Text.Json.Nodes;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.Infra.Tests.Compute.ScaleSets;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>A region's quotas and sizes as the specification's examples show them (usages 2023-07-01, sizes 2021-07-01).</summary>
public sealed class RegionReplayTests : IAsyncLifetime
{
    private const string Size = "Standard_NC4as_T4_v3";

    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync() => arm = await FakeArmServer.StartAsync(clock, Cancel);

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    /// <summary>Usage_List_MinimumSet names nothing, Usage_List_MaximumSet has a link to more; the quota that matters is on the second page.</summary>
    [Fact]
    public async Task Usages_OfTwoPages_AreHeldAgainstTheSize()
    {
        Arm.Script(
            new ArmAnswer("GET", "/usages", 200, $$$"""{"value":[{"unit":"Count","currentValue":3,"limit":4,"name":{}}],"nextLink":"{{{ArmAnswer.Host}}}{{{ArmPaths.Subscription}}}/providers/Microsoft.Compute/locations/eastus/usages?api-version=2023-07-01&page=2"}"""),
            new ArmAnswer("GET", "/usages", 200, $$$"""{"value":[{"unit":"Count","currentValue":6,"limit":8,"name":{"value":"{{{FakeArmServer.Family}}}","localizedValue":"l"}}]}"""));
        var shortage = Assert.Single(await ShortagesAsync());
        Assert.Equal((ProblemCodes.NoQuota, true), (shortage.Code, shortage.Passes));
        Assert.Contains("its limit is 8, and 6 are used now", shortage.Message, StringComparison.Ordinal);
    }

    /// <summary>ListAvailableResourceSkus, …ForARegion and …WithExtendedLocations: no restrictions, zones with details, places at the edge, and a link to more that is null.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(""","zoneDetails":[{"name":["2"],"capabilities":[{"name":"UltraSSDAvailable","value":"True"}]}]""")]
    [InlineData("""},{"location":"eastus","type":"EdgeZone","extendedLocations":["a","b"]""")]
    public async Task Sizes_OfEachExample_AreRead(string more)
    {
        Arm.Script(new ArmAnswer("GET", "/skus", 200, Sizes(more)));
        Assert.Empty(await ShortagesAsync());
    }

    /// <summary>The same without the size that a pool has: so the list is read and not merely survived.</summary>
    [Fact]
    public async Task Sizes_WithoutThePools_SayThatItIsNotThere()
    {
        Arm.Script(new ArmAnswer("GET", "/skus", 200, Sizes("").Replace(Size, "Standard_NC8as_T4_v3", StringComparison.Ordinal)));
        Assert.Equal(ProblemCodes.NoCapacity, Assert.Single(await ShortagesAsync()).Code);
    }

    private static string Sizes(string more) => JsonNode.Parse($$"""
        {"value":[
          {"resourceType":"virtualMachines","name":"Standard_D4s_v5","tier":"Standard","size":"D4s_v5","family":"standardDSv5Family","locations":["eastus"],
           "capabilities":[{"name":"vCPUs","value":"4"},{"name":"MemoryGB","value":"0.75"},{"name":"LowPriorityCapable","value":"False"}],"locationInfo":[{"location":"eastus","zones":["1","2"]}]},
          {"resourceType":"virtualMachines","name":"{{Size}}","tier":"Standard","size":"NC4as_T4_v3","family":"{{FakeArmServer.Family}}","locations":["eastus"],
           "capabilities":[{"name":"vCPUs","value":"4"},{"name":"GPUs","value":"1"}],"locationInfo":[{"location":"eastus","zones":["2","1"]{{more}} }]}],
         "nextLink":null}
        """)!.ToJsonString();

    private Task<IReadOnlyList<ComputeShortage>> ShortagesAsync() => ScaleSetBench.Pool(Arm, clock).ShortagesAsync("local", Cancel);
}
