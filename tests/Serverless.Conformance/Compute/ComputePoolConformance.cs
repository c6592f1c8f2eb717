using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.TestKit;

namespace Serverless.Conformance.Compute;

/// <summary>What every <see cref="IComputePool"/> does. A subclass brings a pool <c>local</c> of at most <see cref="MaxNodes"/> nodes.</summary>
public abstract class ComputePoolConformance
{
    /// <summary>The most nodes that the pool may have.</summary>
    protected const int MaxNodes = 3;

    /// <summary>The pool, without nodes when a test begins.</summary>
    protected abstract IComputePool Pool { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offers_SayWhatANodeIsAndCosts()
    {
        var offer = (await Pool.OffersAsync(Cancel))[0];
        Assert.True(offer.VCpus > 0);
        Assert.True(offer.MemoryBytes > 0);
        Assert.True(offer.PricePerHour >= 0);
        Assert.NotEmpty(offer.Size);
        Assert.Equal("local", offer.Pool);
        Assert.All(offer.Gpus, gpu => Assert.Equal(gpu.ToLowerInvariant(), gpu));
    }

    [Fact]
    public async Task Shortages_WhenNothingIsShort_AreNone_AndAskForNoMachine()
    {
        Assert.Empty(await Pool.ShortagesAsync("local", Cancel));
        Assert.Empty(await Pool.ListAsync("local", Cancel));
    }

    [Fact]
    public async Task List_AtFirst_IsEmpty() => Assert.Empty(await Pool.ListAsync("local", Cancel));

    [Fact]
    public async Task Grow_FromZero_MakesNodes()
    {
        var nodes = await GrowAsync(2);
        Assert.Equal(2, nodes.Select(node => node.Id).Distinct().Count());
        Assert.All(nodes, node => Assert.Equal("local", node.Pool));
        Assert.Equal(Ids(nodes), Ids(await Pool.ListAsync("local", Cancel)));
    }

    [Fact]
    public async Task Grow_Again_MakesNoMore()
    {
        var nodes = await GrowAsync(2);
        Assert.Equal(Ids(nodes), Ids(await GrowAsync(2)));
    }

    [Fact]
    public async Task Grow_ToFewer_EndsNone()
    {
        var nodes = await GrowAsync(2);
        Assert.Equal(Ids(nodes), Ids(await GrowAsync(0)));
        Assert.Equal(Ids(nodes), Ids(await GrowAsync(1)));
    }

    [Fact]
    public async Task Grow_OverTheLimit_GivesTheLimit() => Assert.Equal(MaxNodes, (await GrowAsync(MaxNodes + 5)).Count);

    [Fact]
    public async Task Grow_ManyAtOnce_MakesNoMoreThanAskedFor()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => GrowAsync(2), Cancel)));
        Assert.Equal(2, (await Pool.ListAsync("local", Cancel)).Count);
    }

    [Fact]
    public async Task Terminate_EndsExactlyOne()
    {
        var nodes = await GrowAsync(2);
        await Pool.TerminateAsync("local", nodes[0].Id, Cancel);
        await GoneAsync(nodes[0].Id);
        Assert.Equal([nodes[1].Id], Ids(await Pool.ListAsync("local", Cancel)));
    }

    [Fact]
    public async Task Terminate_TwiceOrUnknown_DoesNothing()
    {
        var node = (await GrowAsync(1))[0];
        await Pool.TerminateAsync("local", node.Id, Cancel);
        await Pool.TerminateAsync("local", node.Id, Cancel);
        await Pool.TerminateAsync("local", "node-none", Cancel);
        await GoneAsync(node.Id);
    }

    [Fact]
    public async Task Grow_AfterTerminate_MakesAnother()
    {
        var first = (await GrowAsync(1))[0];
        await Pool.TerminateAsync("local", first.Id, Cancel);
        await GoneAsync(first.Id);
        Assert.NotEqual(first.Id, Assert.Single(await GrowAsync(1)).Id);
    }

    [Fact]
    public async Task Sweep_NodesThatCouldWork_EndsNone()
    {
        var nodes = await GrowAsync(2);
        await Pool.SweepAsync(Cancel);
        await Pool.SweepAsync(Cancel);
        Assert.Equal(Ids(nodes), Ids(await Pool.ListAsync("local", Cancel)));
    }

    [Fact]
    public async Task UnknownPool_IsNotFound()
    {
        await NotFoundAsync(() => Pool.GrowAsync(new PoolTarget("none", 1), Cancel));
        await NotFoundAsync(() => Pool.ListAsync("none", Cancel));
        await NotFoundAsync(() => Pool.ShortagesAsync("none", Cancel));
        await NotFoundAsync(() => Pool.TerminateAsync("none", "x", Cancel));
    }

    protected Task<IReadOnlyList<ComputeNode>> GrowAsync(int count) => Pool.GrowAsync(new PoolTarget("local", count), Cancel);

    protected Task GoneAsync(string id) =>
        Eventually.TrueAsync($"the node {id} is gone", async () => (await Pool.ListAsync("local", Cancel)).All(node => node.Id != id), cancel: Cancel);

    private static List<string> Ids(IEnumerable<ComputeNode> nodes) => [.. nodes.Select(node => node.Id).Order(StringComparer.Ordinal)];

    private static async Task NotFoundAsync(Func<Task> act) =>
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<ServerlessException>(act)).Code);
}
