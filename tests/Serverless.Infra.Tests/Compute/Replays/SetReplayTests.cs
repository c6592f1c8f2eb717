using System.Text.Json.Nodes;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.Infra.Tests.Compute.ScaleSets;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>Scale sets as the specification's examples show them, read by the pool over TLS.</summary>
public sealed class SetReplayTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    public static TheoryData<string> Created => [.. SetAnswers.Created.Keys];

    public static TheoryData<string> Settled => [.. SetAnswers.Settled.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync() => arm = await FakeArmServer.StartAsync(clock, Cancel);

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    /// <summary>What goes on is waited for: nothing more is asked for while the two machines of the example come.</summary>
    [Theory]
    [MemberData(nameof(Created))]
    public async Task Created_WhileItIsMade_IsReadAsComing(string example)
    {
        Show(SetAnswers.Created[example]);
        Assert.Empty(await GrowAsync(2));
        Assert.All(Arm.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }

    /// <summary>The answer of the creation itself: without a header that says where the operation is, the set is looked at until it is made.</summary>
    [Theory]
    [MemberData(nameof(Created))]
    public async Task Created_AnswerOfTheCreation_EndsWithTheSet(string example)
    {
        var made = SetAnswers.Created[example];
        Arm.Script(Get(404, """{"error":{"code":"ResourceNotFound","message":"None."}}"""), Get(200, made.ToJsonString()), Machines());
        Arm.Script(new ArmAnswer("PUT", ScaleSetBench.SetName, 201, made.ToJsonString()));
        var pool = ScaleSetBench.Pool(Arm, clock);
        Assert.Empty(await GrowAsync(2, pool));

        Arm.Script(Get(200, Changed(made, "set/provisioningState=\"Succeeded\"", "sku/capacity=0").ToJsonString()), new ArmAnswer("PATCH", ScaleSetBench.SetName, 200, made.ToJsonString()));
        Assert.Empty(await GrowAsync(1, pool));
        Assert.Empty(await GrowAsync(1, pool));
        Assert.Equal(1, (int?)Arm.Sent("PATCH")?["sku"]?["capacity"]);
    }

    /// <summary>Without our tags it is somebody else's, whatever its name is.</summary>
    [Fact]
    public async Task Created_WithoutOurTags_IsLeftAlone()
    {
        Show(Changed(SetAnswers.Created["WithSshAuthentication"], "tags="));
        Assert.Equal(ProblemCodes.Conflict, (await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(2))).Code);
    }

    /// <summary>What is over does not come by itself: it is asked for again. Azure writes its states with a capital and without.</summary>
    [Theory]
    [MemberData(nameof(Settled))]
    public async Task Settled_WithoutItsMachines_IsAskedForThemAgain(string example)
    {
        var set = SetAnswers.Settled[example];
        Show(set);
        Arm.Script(new ArmAnswer("PATCH", ScaleSetBench.SetName, 200, set.ToJsonString()));
        var pool = ScaleSetBench.Pool(Arm, clock);
        await GrowAsync(1, pool);
        Assert.Equal(1, (int?)Arm.Sent("PATCH")?["sku"]?["capacity"]);
        await GrowAsync(1, pool);
    }

    [Theory]
    [MemberData(nameof(Settled))]
    public async Task Settled_WithoutAnyMachine_IsSwept(string example)
    {
        var set = Changed(SetAnswers.Settled[example], "sku/capacity=0");
        Show(set);
        Arm.Script(
            new ArmAnswer("GET", "/virtualMachineScaleSets", 200, new JsonObject { ["value"] = new JsonArray(set.DeepClone()) }.ToJsonString()),
            new ArmAnswer("DELETE", ScaleSetBench.SetName, 202, null, ("Location", $"{ArmAnswer.Host}{ArmPaths.Subscription}/providers/Microsoft.Compute/locations/eastus/operations/7&monitor=true&api-version=2023-07-01")));
        Assert.Equal(1, await ScaleSetBench.Pool(Arm, clock).SweepAsync(Cancel));
    }

    /// <summary>The smallest answer of an update says where the set is and nothing more.</summary>
    [Fact]
    public async Task UpdateMinimumSet_AsTheAnswer_IsEnough()
    {
        Show(SetAnswers.Settled["Get"]);
        Arm.Script(new ArmAnswer("PATCH", ScaleSetBench.SetName, 200, """{"location":"eastus"}"""));
        var pool = ScaleSetBench.Pool(Arm, clock);
        Assert.Empty(await GrowAsync(1, pool));
        Assert.Empty(await GrowAsync(1, pool));
    }

    /// <summary>Delete_Force, without the force: three good answers, of which one has a header and none a body.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task Delete_EachGoodAnswer_IsOne(int status)
    {
        Arm.Script(new ArmAnswer("GET", "/virtualMachineScaleSets", 200, new JsonObject { ["value"] = new JsonArray(SetAnswers.Ours(SetAnswers.Least("sl-test-old"), "sl-test-old")) }.ToJsonString().Replace("\"local\"", "\"old\"", StringComparison.Ordinal)));
        (string, string)[] headers = status == 202 ? [("Location", $"{ArmAnswer.Host}{ArmPaths.Subscription}/providers/Microsoft.Compute/locations/eastus/operations/7?monitor=true&api-version=2023-07-01")] : [];
        Arm.Script(new ArmAnswer("DELETE", "sl-test-old", status, null, headers));
        Assert.Equal(1, await ScaleSetBench.Pool(Arm, clock).SweepAsync(Cancel));
    }

    /// <summary>List_MinimumSet and List_MaximumSet: sets with nothing but an id are nobody's, and those of the next page are found.</summary>
    [Fact]
    public async Task List_OfTwoPages_FindsOursOnTheSecond()
    {
        var first = new JsonObject { ["value"] = new JsonArray(SetAnswers.Least("a"), SetAnswers.Least("b")), ["nextLink"] = $"{ArmAnswer.Host}{ArmPaths.Sets}?api-version=2023-07-01&$skiptoken=2" };
        var mine = Changed(SetAnswers.Settled["List_MaximumSet_Gen"], "sku/capacity=0");
        Arm.Script(new ArmAnswer("GET", "/virtualMachineScaleSets", 200, first.ToJsonString()), new ArmAnswer("GET", "/virtualMachineScaleSets", 200, new JsonObject { ["value"] = new JsonArray(mine.DeepClone()) }.ToJsonString()));
        Show(mine);
        Arm.Script(new ArmAnswer("DELETE", ScaleSetBench.SetName, 204, null));
        Assert.Equal(1, await ScaleSetBench.Pool(Arm, clock).SweepAsync(Cancel));
        Assert.Equal(["DELETE " + ScaleSetBench.SetName], Arm.Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal)));
    }

    private static JsonNode Changed(JsonNode set, params string[] edits) => JsonEdits.Apply(set.ToJsonString(), edits);

    private static ArmAnswer Get(int status, string body) => new("GET", "/" + ScaleSetBench.SetName, status, body);

    private static ArmAnswer Machines() => new("GET", "/virtualMachines", 200, """{"value":[]}""");

    private void Show(JsonNode set) => Arm.Script(Get(200, set.ToJsonString()), Machines());

    private Task<IReadOnlyList<ComputeNode>> GrowAsync(int count, ScaleSetPool? pool = null) => (pool ?? ScaleSetBench.Pool(Arm, clock)).GrowAsync(new PoolTarget("local", count), Cancel);
}
