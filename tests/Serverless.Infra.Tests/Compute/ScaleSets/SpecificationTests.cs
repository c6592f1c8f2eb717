using System.Text.Json.Nodes;
using Serverless.Core.Compute;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

/// <summary>What the pool sends, held against the rules of the public specification; the fake refuses what breaks them.</summary>
public sealed class SpecificationTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync() => arm = await FakeArmServer.StartAsync(clock, Cancel);

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Theory]
    [InlineData(false, "microsoft-dsvm:ubuntu-hpc:2204:latest", "a")]
    [InlineData(true, "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/node", "a-pool-with-a-long_name.and-dots")]
    public async Task EveryRequest_IsAnOperationOfTheSpecification_WithABodyThatItAllows(bool spot, string image, string name)
    {
        var pool = ScaleSetBench.Pool(Arm, clock, ScaleSetBench.Template(pool: name) with { Spot = spot, Image = image, MaxSpotPrice = spot ? 0.25 : null });
        Assert.Empty(await pool.ShortagesAsync(name, Cancel));
        var nodes = await pool.GrowAsync(new PoolTarget(name, 1), Cancel);
        await pool.GrowAsync(new PoolTarget(name, 2), Cancel);
        foreach (var node in await pool.ListAsync(name, Cancel))
            await pool.TerminateAsync(name, node.Id, Cancel);
        await pool.SweepAsync(Cancel);

        Assert.Single(nodes);
        Assert.Equal(ArmOperations.All.Select(operation => operation.Id).Order(StringComparer.Ordinal), Arm.Used);
    }

    public static TheoryData<string, string?> Broken => new()
    {
        { "location", null },
        { "properties/virtualMachineProfile/storageProfile/osDisk/createOption", null },
        { "properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations/0/properties/ipConfigurations", null },
        { "properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations/0/name", null },
        { "properties/virtualMachineProfile/priority", "\"Cheap\"" },
        { "properties/virtualMachineProfile/evictionPolicy", "\"Keep\"" },
        { "properties/virtualMachineProfile/osProfile/computerNamePrefix", "\"0123456789abcdef\"" },
        { "properties/virtualMachineProfile/osProfile/adminUsername", "\"root\"" },
        { "properties/virtualMachineProfile/storageProfile/osDisk/diskSizeGB", "1024" },
        { "properties/upgradePolicy/mode", "\"Never\"" },
        { "properties/overprovision", "\"false\"" },
        { "sku/capacity", "\"3\"" },
        { "properties/color", "1" },
    };

    /// <summary>The rules bite: each break of one is told.</summary>
    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Rules_ABodyThatBreaksOne_IsRefused(string path, string? value)
    {
        await ScaleSetBench.Pool(Arm, clock, ScaleSetBench.Template() with { Spot = true }).GrowAsync(new PoolTarget("local", 2), Cancel);
        var body = Arm.Body(ScaleSetBench.SetName).DeepClone();
        Assert.Null(ArmRules.Check("PUT", body));
        var steps = path.Split('/');
        JsonNode at = body;
        foreach (var step in steps[..^1])
            at = int.TryParse(step, out var index) ? at[index]! : at[step]!;
        if (value is null)
            at.AsObject().Remove(steps[^1]);
        else
            at[steps[^1]] = JsonNode.Parse(value);
        Assert.NotNull(ArmRules.Check("PUT", body));
    }

    [Fact]
    public void Rules_InstancesToDelete_MustBeNamed()
    {
        Assert.Null(ArmRules.Check("POST", JsonNode.Parse("""{"instanceIds":["0"]}""")));
        Assert.NotNull(ArmRules.Check("POST", JsonNode.Parse("{}")));
    }

    /// <summary>What the fake answers keeps the same rules, and the client reads it. The specification's own examples are in <c>Compute/Replays</c>.</summary>
    [Fact]
    public async Task Answers_OfTheFake_AreRead()
    {
        var pool = ScaleSetBench.Pool(Arm, clock);
        await pool.GrowAsync(new PoolTarget("local", 1), Cancel);
        var node = Assert.Single(await pool.ListAsync("local", Cancel));
        Assert.StartsWith("node-", node.Id, StringComparison.Ordinal);
        Assert.Equal((ComputeNodeState.Running, "Standard_NC4as_T4_v3"), (node.State, node.Size));
    }
}
