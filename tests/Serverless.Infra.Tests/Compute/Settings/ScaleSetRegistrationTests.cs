using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Infra.Compute;
using Serverless.TestKit.Fakes;

namespace Serverless.Infra.Tests.Compute.Settings;

public sealed class ScaleSetRegistrationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_BesideAnotherProvider_JoinsThem_AndTheFirstPoolStaysTheFirst()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(new PoolOptions());
        services.AddSingleton<IComputePool>(new MemoryComputePool()).AddSingleton<PoolTable>();
        services.AddScaleSetPools(ScaleSetSettingsTests.Read("""[{"name":"gpu","size":"Standard_NC4as_T4_v3"}]"""), _ => new NoCredential());
        await using var host = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Assert.Equal(["local", "gpu"], host.GetRequiredService<PoolTable>().All.Select(pool => pool.Name));
        var pools = host.GetRequiredService<IComputePool>();
        Assert.Equal([("local", "memory"), ("gpu", "Standard_NC4as_T4_v3")], (await pools.OffersAsync(Cancel)).Select(offer => (offer.Pool, offer.Size)));
        Assert.Single(await pools.GrowAsync(new PoolTarget("local", 1), Cancel));
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<ServerlessException>(() => pools.ListAsync("none", Cancel))).Code);
    }

    [Fact]
    public void Add_Alone_IsTheProvider()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddScaleSetPools(ScaleSetSettingsTests.Read("""[{"name":"gpu","size":"Standard_NC4as_T4_v3"}]"""), _ => new NoCredential());
        using var host = services.BuildServiceProvider();
        Assert.IsType<Serverless.Infra.Compute.ScaleSets.ScaleSetPool>(host.GetRequiredService<IComputePool>());
    }

    [Fact]
    public async Task Add_BySettingsWithoutSignIn_ThereIsNoPool()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<PoolTable>();
        services.AddScaleSetPools(_ => null, _ => new NoCredential());
        await using var host = services.BuildServiceProvider();
        Assert.Empty(host.GetRequiredService<PoolTable>().All);
        Assert.Empty(await host.GetRequiredService<IComputePool>().OffersAsync(Cancel));
        Assert.Equal(0, await host.GetRequiredService<IComputePool>().SweepAsync(Cancel));
    }

    [Fact]
    public void Add_BySettingsWithSignIn_WhatIsMissingIsSaid()
    {
        var error = Assert.Throws<ServerlessException>(() => new ServiceCollection().AddScaleSetPools(name => name == AzureSettings.Audience ? "api://serverless" : null, _ => new NoCredential()));
        Assert.NotEmpty(error.Errors);
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancel) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext context, CancellationToken cancel) => throw new NotSupportedException();
    }
}
