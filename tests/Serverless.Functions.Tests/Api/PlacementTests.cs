using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Compute;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.Api;

/// <summary>Machines as the interface shows and refuses them.</summary>
public sealed class PlacementTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Estimate_SaysMachineAndCost_AndSubmitsNothing()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.PostAsync(Routes.JobEstimate, ApiHost.Json("""{"program":{"algorithm":"a"},"limits":{"maxRunSeconds":3570,"maxAttempts":2}}"""), Cancel);
        var placement = await ApiHost.ReadAsync(response, ContractsJson.Default.JobPlacement);
        Assert.Equal(("local", "memory", 0.36m, 0.72m, 1m), (placement.Pool, placement.Size, placement.Estimate.OneAttempt, placement.Estimate.AllAttempts, placement.Estimate.Factor));
        Assert.Empty(host.Workflows.Started);
    }

    [Fact]
    public async Task Submit_AGpuThatNobodyHas_Is400WithThePlaceAndTheCure()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json("""{"program":{"algorithm":"a"},"resources":{"gpu":{"type":"t4","count":1}}}"""), Cancel);
        var problem = await ApiHost.ProblemAsync(response, 400, ProblemCodes.Invalid);
        Assert.Contains(problem.Errors!, error => error.Path == "resources.gpu");
        Assert.Empty(host.Workflows.Started);
    }

    [Fact]
    public async Task Submit_WithoutQuota_Is409AndSaysHowToRaiseIt()
    {
        var pool = new MemoryComputePool();
        pool.Shortages["local"] = [new ComputeShortage(ProblemCodes.NoQuota, false, "The limit is 0.", "Raise it.")];
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IComputePool>(pool));
        using var response = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json("""{"program":{"algorithm":"a"}}"""), Cancel);
        Assert.Equal("Raise it.", (await ApiHost.ProblemAsync(response, 409, ProblemCodes.NoQuota)).Cure);
    }

    [Fact]
    public async Task Pools_Several_EachHaveTheirOwnMachineAndPrice()
    {
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton(new PoolOptions { Name = "gpu", MaxNodes = 5 }).AddSingleton<IComputePool>(new TwoPools()));
        using var response = await host.Http.GetAsync(Routes.Pools, Cancel);
        var pools = (await ApiHost.ReadAsync(response, ContractsJson.Default.PoolPage)).Items;
        Assert.Equal([("gpu", "big", 2m), ("local", "small", 1m)], pools.Select(pool => (pool.Name, pool.Size, pool.PricePerHour)));
    }

    /// <summary>Two pools without nodes, the dearer one first.</summary>
    private sealed class TwoPools : IComputePool
    {
        public Task<IReadOnlyList<ComputeOffer>> OffersAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<ComputeOffer>>(
        [
            new ComputeOffer { Pool = "gpu", Size = "big", VCpus = 2, MemoryBytes = 1, PricePerHour = 2 },
            new ComputeOffer { Pool = "local", Size = "small", VCpus = 1, MemoryBytes = 1, PricePerHour = 1 },
        ]);

        public Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(string pool, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ComputeShortage>>([]);

        public Task<IReadOnlyList<ComputeNode>> GrowAsync(PoolTarget target, CancellationToken cancel) => ListAsync(target.Pool, cancel);

        public Task<IReadOnlyList<ComputeNode>> ListAsync(string pool, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ComputeNode>>([]);

        public Task<int> SweepAsync(CancellationToken cancel) => Task.FromResult(0);

        public Task TerminateAsync(string pool, string nodeId, CancellationToken cancel) => Task.CompletedTask;
    }
}
