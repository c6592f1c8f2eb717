using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

/// <summary>Many waiting jobs look at one scale set, and Compute answers few.</summary>
public sealed class ScaleSetLookTests : IAsyncLifetime
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(15);
    private readonly ManualTime clock = new();
    private FakeArmServer? arm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    public async ValueTask InitializeAsync() => arm = await FakeArmServer.StartAsync(clock, Cancel);

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Fact]
    public async Task Grow_ByFiftyJobsInAMoment_AsksAzureOnce()
    {
        var pool = Pool();
        var first = await GrowAsync(pool, 2);
        var asked = Arm.Requests.Count;
        for (var i = 0; i < 50; i++)
            Assert.Equal(first, await GrowAsync(pool, 1 + i % 2));
        Assert.Equal(asked, Arm.Requests.Count);

        clock.Advance(Holds);
        await GrowAsync(pool, 2);
        Assert.True(Arm.Requests.Count > asked);
    }

    [Fact]
    public async Task Grow_ForMoreThanBefore_IsAskedAfterAMoment()
    {
        var pool = Pool();
        await GrowAsync(pool, 1);
        Assert.Single(await GrowAsync(pool, 2));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(2, (await GrowAsync(pool, 2)).Count);
    }

    [Fact]
    public async Task Grow_AfterAMachineWasEnded_LooksAgain()
    {
        var pool = Pool();
        var nodes = await GrowAsync(pool, 2);
        await pool.TerminateAsync("local", nodes[0].Id, Cancel);
        var asked = Arm.Requests.Count;
        await GrowAsync(pool, 2);
        Assert.True(Arm.Requests.Count > asked);
    }

    [Fact]
    public async Task Grow_AfterARefusal_TriesAgainAtOnce()
    {
        var pool = Pool();
        Arm.Fail(new ArmFault("PUT", 409, "SkuNotAvailable"));
        await Assert.ThrowsAsync<ServerlessException>(() => GrowAsync(pool, 1));
        Assert.Single(await GrowAsync(pool, 1));
    }

    private static Task<IReadOnlyList<ComputeNode>> GrowAsync(ScaleSetPool pool, int count) => pool.GrowAsync(new PoolTarget("local", count), Cancel);

    private ScaleSetPool Pool() => ScaleSetBench.Pool(Arm, clock, Holds);
}
