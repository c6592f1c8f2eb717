using System.Text.Json.Nodes;
using Serverless.Core.Compute;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.Infra.Tests.Compute.ScaleSets;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>Machines as the specification's examples show them, and the answers to ending one.</summary>
public sealed class MachineReplayTests : IAsyncLifetime
{
    private const string Set = ScaleSetBench.SetName;

    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Largest => $"node-{MachineAnswers.VmId.ToLowerInvariant()}";

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync() => arm = await FakeArmServer.StartAsync(clock, Cancel);

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    /// <summary>VM_List_MaximumSet and VM_List_MinimumSet, one a page.</summary>
    [Fact]
    public async Task List_TheLargestAndTheLeastOnTwoPages_AreBothNodes()
    {
        Arm.Script(
            Page($"{ArmAnswer.Host}{ArmPaths.Set(Set)}/virtualMachines?api-version=2023-07-01&$skiptoken=2", MachineAnswers.Largest(Set, "3")),
            Page(null, MachineAnswers.Least(Set, "7")));
        var nodes = await Pool().ListAsync("local", Cancel);
        Assert.Equal([("local-7", ComputeNodeState.Creating), (Largest, ComputeNodeState.Running)], nodes.Select(node => (node.Id, node.State)));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).AddTicks(1_234_567), nodes[1].CreatedAt);
    }

    [Theory]
    [InlineData("succeeded", ComputeNodeState.Running)]
    [InlineData("Succeeded", ComputeNodeState.Running)]
    [InlineData("Creating", ComputeNodeState.Creating)]
    [InlineData("updating", ComputeNodeState.Creating)]
    [InlineData("deleting", ComputeNodeState.Deleting)]
    [InlineData("failed", ComputeNodeState.Failed)]
    [InlineData("Canceled", ComputeNodeState.Failed)]
    public void State_IsReadWithACapitalAndWithout(string state, object expected) => Assert.Equal((ComputeNodeState)expected, GrowthRule.State(state));

    /// <summary>DeleteInstances_MaximumSet and _MinimumSet: the two good answers, one with the place of the operation; the least machine is named by its id.</summary>
    [Theory]
    [InlineData(200, "3")]
    [InlineData(202, "3")]
    [InlineData(200, "7")]
    [InlineData(202, "7")]
    public async Task Terminate_EachGoodAnswer_EndsTheMachine(int status, string instance)
    {
        Arm.Script(Page(null, MachineAnswers.Largest(Set, "3"), MachineAnswers.Least(Set, "7")));
        (string, string)[] headers = status == 202 ? [("location", $"{ArmAnswer.Host}{ArmPaths.Subscription}/providers/Microsoft.Compute/locations/eastus/operationstatus")] : [];
        Arm.Script(new ArmAnswer("POST", $"{Set}/delete", status, null, headers));
        await Pool().TerminateAsync("local", instance == "3" ? Largest : "local-7", Cancel);
        Assert.Equal(instance, (string?)Arm.Sent("POST")!["instanceIds"]![0]);
    }

    private static ArmAnswer Page(string? next, params JsonNode[] machines)
    {
        var page = new JsonObject { ["value"] = new JsonArray(machines) };
        if (next is not null)
            page["nextLink"] = next;
        return new ArmAnswer("GET", $"{Set}/virtualMachines", 200, page.ToJsonString());
    }

    private ScaleSetPool Pool() => ScaleSetBench.Pool(Arm, clock);
}
