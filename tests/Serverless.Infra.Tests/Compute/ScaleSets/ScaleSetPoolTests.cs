using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

public sealed class ScaleSetPoolTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync()
    {
        arm = await FakeArmServer.StartAsync(clock, Cancel);
        arm.Boot = TimeSpan.FromMinutes(2);
    }

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Fact]
    public async Task Grow_FirstTime_CreatesASpotSetThatIsOursAndHasNoPublicAddress()
    {
        var pool = Pool(ScaleSetBench.Template() with { Spot = true });
        var nodes = await GrowAsync(pool, 2);
        Assert.All(nodes, node => Assert.Equal(ComputeNodeState.Creating, node.State));
        var body = Arm.Body(ScaleSetBench.SetName);
        Assert.Equal(("test", "local"), ((string?)body["tags"]!["serverless-owner"], (string?)body["tags"]!["serverless-pool"]));
        var machine = body["properties"]!["virtualMachineProfile"]!;
        Assert.Equal(("Spot", "Delete", -1.0), ((string?)machine["priority"], (string?)machine["evictionPolicy"], (double)machine["billingProfile"]!["maxPrice"]!));
        Assert.Equal("I2Nsb3VkLWNvbmZpZwo=", (string?)machine["osProfile"]!["customData"]);
        Assert.DoesNotContain("publicIP", body.ToJsonString(), StringComparison.OrdinalIgnoreCase);

        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.All(await pool.ListAsync("local", Cancel), node => Assert.Equal(ComputeNodeState.Running, node.State));
    }

    [Fact]
    public async Task Grow_WhileMachinesCome_AsksForNoMore()
    {
        var pool = Pool();
        await GrowAsync(pool, 2);
        await GrowAsync(Pool(), 2);
        clock.Advance(TimeSpan.FromMinutes(3));
        await GrowAsync(pool, 2);
        Assert.Equal(1, Arm.Requests.Count(request => request.StartsWith('P')));
    }

    [Fact]
    public async Task Grow_Throttled_WaitsAsLongAsAzureSays()
    {
        Arm.Fail(new ArmFault("PUT", 429, "TooManyRequests", RetryAfter: "17"));
        var growing = GrowAsync(Pool(), 1);
        await Eventually.TrueAsync("the first call is refused", () => Arm.Requests.Contains("PUT " + ScaleSetBench.SetName), cancel: Cancel);
        var begin = clock.GetUtcNow();
        await AdvanceUntilAsync(growing, TimeSpan.FromSeconds(1));
        Assert.Single(await growing);
        Assert.True(clock.GetUtcNow() - begin >= TimeSpan.FromSeconds(17));
    }

    [Theory]
    [InlineData(429, "TooManyRequests", "3600", ProblemCodes.Unavailable)]
    [InlineData(409, "AnotherOperationInProgress", "61", ProblemCodes.Conflict)]
    [InlineData(503, "ServerUnavailable", "120", ProblemCodes.Unavailable)]
    public async Task Grow_ToldToWaitLongerThanTheBound_SaysThatARetryHelps(int status, string code, string retryAfter, string expected)
    {
        Arm.Fail(new ArmFault("PUT", status, code, RetryAfter: retryAfter));
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(Pool(), 1));
        Assert.Equal((expected, true), (failed.Code, failed.Retryable));
    }

    [Fact]
    public async Task Grow_AnotherOperationInProgress_IsMadeAgain()
    {
        Arm.Fail(new ArmFault("PUT", 409, "AnotherOperationInProgress", RetryAfter: "0"), new ArmFault("PUT", 503, "ServerUnavailable", RetryAfter: "0"));
        Assert.Single(await GrowAsync(Pool(), 1));
    }

    [Fact]
    public async Task Grow_NoQuota_SaysTheShortfallAndHowToRaiseIt()
    {
        Arm.Quota = 3;
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(Pool(), 2));
        Assert.Equal((ProblemCodes.NoQuota, false), (failed.Code, failed.Retryable));
        Assert.Contains("Current Limit: 3, Current Usage: 0, Additional Required: 8", failed.Message, StringComparison.Ordinal);
        Assert.Contains("az quota update", failed.Cure, StringComparison.Ordinal);
        Assert.Empty(Arm.SetNames);
    }

    [Fact]
    public async Task Grow_QuotaForFewer_GivesFewer()
    {
        Arm.Quota = 22;
        Assert.Equal(5, (await GrowAsync(Pool(ScaleSetBench.Template(8)), 8)).Count);
    }

    [Fact]
    public async Task Grow_SizeNotAvailable_SaysSo()
    {
        Arm.Fail(new ArmFault("PUT", 409, "SkuNotAvailable", "The requested VM size is not available."));
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(Pool(), 1));
        Assert.Equal((ProblemCodes.NoCapacity, false), (failed.Code, failed.Retryable));
        Assert.Contains("list-skus", failed.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grow_EightAskedAndFiveGiven_GivesFiveAndTriesAgainLater()
    {
        Arm.RegionHas = 5;
        var pool = Pool(ScaleSetBench.Template(8));
        await GrowAsync(pool, 8);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(5, (await GrowAsync(pool, 8)).Count);
        Arm.RegionHas = 20;
        Assert.Equal(8, (await GrowAsync(pool, 8)).Count);
    }

    [Fact]
    public async Task Grow_NoneGiven_SaysItOnce_AndTheSweepTakesTheEmptySet()
    {
        Arm.RegionHas = 0;
        var pool = Pool();
        Assert.Empty(await GrowAsync(pool, 2));
        clock.Advance(TimeSpan.FromMinutes(3));
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(pool, 2));
        Assert.Equal((ProblemCodes.NoCapacity, true), (failed.Code, failed.Retryable));
        Assert.Contains("AllocationFailed", failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, await pool.SweepAsync(Cancel));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(Arm.SetNames);
    }

    [Fact]
    public async Task Grow_ASetOfSomebodyElse_IsLeftAlone()
    {
        Arm.Plant(ScaleSetBench.SetName, ("serverless-owner", "other"));
        Assert.Equal(ProblemCodes.Conflict, (await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(Pool(), 1))).Code);
        Assert.Equal(0, await Pool().SweepAsync(Cancel));
        Assert.DoesNotContain(Arm.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminate_DeletionFails_IsSeenAndSweptByAHostThatKnowsNothing()
    {
        Arm.DeletesFail = true;
        var node = Assert.Single(await GrowAsync(Pool(), 1));
        clock.Advance(TimeSpan.FromMinutes(3));
        await Pool().TerminateAsync("local", node.Id, Cancel);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(ComputeNodeState.Failed, Assert.Single(await Pool().ListAsync("local", Cancel)).State);

        Arm.DeletesFail = false;
        Assert.Equal(1, await Pool().SweepAsync(Cancel));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await Pool().SweepAsync(Cancel));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(Arm.SetNames);
    }

    /// <summary>Every fault that is only passing, at every step of a life from nothing to nothing: the machines come, and none is left.</summary>
    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(409, "AnotherOperationInProgress")]
    [InlineData(503, "ServerUnavailable")]
    public async Task AnyStep_RefusedOnce_LeavesNoOrphan(int status, string code)
    {
        foreach (var method in new[] { "GET", "PUT", "PATCH", "POST", "DELETE" })
        {
            var pool = Pool();
            Arm.Fail(new ArmFault(method, status, code, RetryAfter: "0"));
            await GrowAsync(pool, 1);
            clock.Advance(TimeSpan.FromMinutes(3));
            var nodes = await GrowAsync(pool, 2);
            clock.Advance(TimeSpan.FromMinutes(3));
            Assert.Equal(2, nodes.Count);
            foreach (var node in nodes)
                await pool.TerminateAsync("local", node.Id, Cancel);
            clock.Advance(TimeSpan.FromMinutes(3));
            Assert.Equal(1, await pool.SweepAsync(Cancel));
            clock.Advance(TimeSpan.FromMinutes(3));
            Assert.Empty(Arm.SetNames);
        }
    }

    [Fact]
    public async Task Sweep_DeletionOfTheSetRefused_IsTriedAgain()
    {
        Arm.Plant("sl-test-old", ("serverless-owner", "test"), ("serverless-pool", "old"));
        Arm.Fail(new ArmFault("DELETE", 400, "Stubborn"));
        Assert.Equal(0, await Pool().SweepAsync(Cancel));
        Assert.Equal(1, await Pool().SweepAsync(Cancel));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(Arm.SetNames);
    }

    [Fact]
    public async Task Sweep_ASetWithMachines_IsLeftAlone()
    {
        await GrowAsync(Pool(), 1);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(0, await Pool().SweepAsync(Cancel));
        Assert.Equal([ScaleSetBench.SetName], Arm.SetNames);
    }

    [Fact]
    public async Task Grow_AfterTheSetWasDeleted_GivesNodesWithOtherIds()
    {
        var first = Assert.Single(await GrowAsync(Pool(), 1));
        clock.Advance(TimeSpan.FromMinutes(3));
        await Pool().TerminateAsync("local", first.Id, Cancel);
        clock.Advance(TimeSpan.FromMinutes(3));
        await Pool().SweepAsync(Cancel);
        Assert.True((await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(Pool(), 1))).Retryable);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.NotEqual(first.Id, Assert.Single(await GrowAsync(Pool(), 1)).Id);
    }

    [Fact]
    public async Task Offers_AreTheTemplatesSizesAtTheirPrice()
    {
        var offer = Assert.Single(await Pool(ScaleSetBench.Template() with { Spot = true }).OffersAsync(Cancel));
        Assert.Equal(("Standard_NC4as_T4_v3", 0.062699m, true, 1), (offer.Size, offer.PricePerHour, offer.Spot, offer.Gpus.Count));
    }

    [Fact]
    public void New_WrongTemplates_SaysAllErrors()
    {
        var wrong = ScaleSetBench.Template(0, new string('p', 70)) with { OSDiskGB = 1, Image = "ubuntu", CloudInit = new string('x', 50_000) };
        Assert.Equal(5, Assert.Throws<ServerlessException>(() => Pool(wrong)).Errors.Count);
    }

    private ScaleSetPool Pool(params ScaleSetTemplate[] templates) => ScaleSetBench.Pool(Arm, clock, templates);

    private static Task<IReadOnlyList<ComputeNode>> GrowAsync(ScaleSetPool pool, int count) => pool.GrowAsync(new PoolTarget("local", count), Cancel);

    private Task AdvanceUntilAsync(Task done, TimeSpan step) => Eventually.TrueAsync("the call ends", () =>
    {
        clock.Advance(step);
        return done.IsCompleted;
    }, cancel: Cancel);
}
