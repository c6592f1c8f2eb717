using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.Quotas;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

/// <summary>What is said to stand against another machine before one is asked for.</summary>
public sealed class ShortageTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync() => arm = await FakeArmServer.StartAsync(clock, Cancel);

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Fact]
    public async Task Shortages_AQuotaBelowOneMachine_NeverPasses_AndNamesTheCommandThatRaisesIt()
    {
        Arm.Quota = 3;
        var shortage = Assert.Single(await ShortagesAsync());
        Assert.Equal((ProblemCodes.NoQuota, false), (shortage.Code, shortage.Passes));
        Assert.Equal("A Standard_NC4as_T4_v3 needs 4 vCPUs of the quota 'standardNCASv3_T4Family' in eastus; its limit is 3.", shortage.Message);
        Assert.Contains($"az quota update --resource-name standardNCASv3_T4Family --scope /subscriptions/{FakeArmServer.Subscription}/providers/Microsoft.Compute/locations/eastus --limit-object value=4 --resource-type dedicated", shortage.Cure, StringComparison.Ordinal);
        Assert.All(Arm.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shortages_AQuotaThatIsFullNow_MayPass()
    {
        Arm.Quota = 10;
        var pool = Pool();
        await pool.GrowAsync(new PoolTarget("local", 2), Cancel);
        var shortage = Assert.Single(await ShortagesAsync(pool));
        Assert.Equal((ProblemCodes.NoQuota, true), (shortage.Code, shortage.Passes));
        Assert.Contains("its limit is 10, and 8 are used now", shortage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shortages_OfSpot_AreThoseOfSpotAlone()
    {
        (Arm.Quota, Arm.SpotQuota) = (0, 3);
        var shortage = Assert.Single(await ShortagesAsync(Pool(spot: true)));
        Assert.Contains("'lowPriorityCores'", shortage.Message, StringComparison.Ordinal);
        Assert.Contains("--resource-type lowPriority", shortage.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "NotAvailableForSubscription", "Location", "not for this subscription (NotAvailableForSubscription)")]
    [InlineData(false, null, "Location", "eastus does not offer Standard_NC4as_T4_v3")]
    public async Task Shortages_ASizeThatTheRegionDoesNotGive_NeverPasses(bool offers, string? restriction, string type, string words)
    {
        (Arm.OffersSize, Arm.Restriction, Arm.RestrictionType) = (offers, restriction, type);
        var shortage = Assert.Single(await ShortagesAsync());
        Assert.Equal((ProblemCodes.NoCapacity, false), (shortage.Code, shortage.Passes));
        Assert.Contains(words, shortage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shortages_ARestrictionOfZones_IsNone()
    {
        (Arm.Restriction, Arm.RestrictionType) = ("NotAvailableForSubscription", "Zone");
        Assert.Empty(await ShortagesAsync());
    }

    [Fact]
    public async Task Shortages_AzureDoesNotSay_AreNone()
    {
        Arm.Fail(new ArmFault("GET", 403, "AuthorizationFailed", At: "/skus"));
        Assert.Empty(await ShortagesAsync());
    }

    [Fact]
    public async Task Shortages_AzureIsDown_KeepNobodyWaitingForLong()
    {
        Arm.Fail([.. Enumerable.Repeat(new ArmFault("GET", 503, "ServiceUnavailable", At: "/skus"), 4)]);
        var pool = Pool();
        var first = ShortagesAsync(pool);
        Assert.False(first.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5)); // less than the tries of one call take
        Assert.Empty(await first.WaitAsync(Eventually.Patience, Cancel));
        await Eventually.TrueAsync("the reading to go on by itself until Azure answers", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Arm.Requests.Contains("GET usages");
        }, cancel: Cancel);
    }

    [Fact]
    public async Task Shortages_AzureHasRefused_IsNotAskedAtEverySubmission()
    {
        Arm.Fail(new ArmFault("GET", 403, "AuthorizationFailed", At: "/skus"));
        var pool = Pool();
        for (var i = 0; i < 3; i++)
            Assert.Empty(await ShortagesAsync(pool));
        Assert.Equal(["GET skus"], Arm.Requests);
        clock.Advance(TimeSpan.FromMinutes(1));
        await ShortagesAsync(pool);
        Assert.Equal(["GET skus", "GET skus", "GET usages"], Arm.Requests);
    }

    [Fact]
    public async Task Shortages_AskedOften_AskAzureOnce_AndLaterAgain()
    {
        var pool = Pool();
        await ShortagesAsync(pool);
        await ShortagesAsync(pool);
        Assert.Equal(["GET skus", "GET usages"], Arm.Requests);
        clock.Advance(TimeSpan.FromMinutes(1));
        await ShortagesAsync(pool);
        Assert.Equal(["GET skus", "GET usages", "GET usages"], Arm.Requests);
    }

    [Fact]
    public async Task Shortages_TheRegionGaveNone_IsSaidForAWhile()
    {
        Arm.RegionHas = 0;
        var pool = Pool();
        await pool.GrowAsync(new PoolTarget("local", 1), Cancel);
        await Assert.ThrowsAsync<ServerlessException>(() => pool.GrowAsync(new PoolTarget("local", 1), Cancel));
        var shortage = Assert.Single(await ShortagesAsync(pool));
        Assert.Equal((ProblemCodes.NoCapacity, true), (shortage.Code, shortage.Passes));
        Assert.Contains("eastus gave no Standard_NC4as_T4_v3 at 00:00Z (AllocationFailed)", shortage.Message, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Empty(await ShortagesAsync(pool));
    }

    [Theory]
    [InlineData(0, 4, 4, true)]
    [InlineData(1, 4, 4, false)]
    [InlineData(0, 4, 3, false)]
    [InlineData(4, 4, 8, true)]
    public void Rule_UsedAndNeededAgainstTheLimit(long used, int needed, long limit, bool enough)
    {
        var facts = new RegionFacts(new Dictionary<string, SizeFacts> { ["s"] = new("f", null) }, new Dictionary<string, QuotaUse> { ["f"] = new(used, limit) });
        Assert.Equal(enough, ShortageRule.Of("s", needed, false, "eastus", "sub", facts).Count == 0);
    }

    private static Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(ScaleSetPool pool) => pool.ShortagesAsync("local", Cancel);

    private Task<IReadOnlyList<ComputeShortage>> ShortagesAsync() => ShortagesAsync(Pool());

    private ScaleSetPool Pool(bool spot = false) => ScaleSetBench.Pool(Arm, clock, ScaleSetBench.Template() with { Spot = spot });
}
