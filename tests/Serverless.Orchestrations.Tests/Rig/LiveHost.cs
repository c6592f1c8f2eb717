using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Secrets;
using Serverless.Durable;
using Serverless.Durable.Options;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>A host on the embedded engine in real time, as the all-in-one host composes it, on stores that outlive it.</summary>
internal sealed class LiveHost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private LiveHost(LiveWorld world, string path, PoolOptions pool, JobWatchRules rules)
    {
        Endpoints = new PaperEndpoints(new EndpointSet(world.Documents), new ModelSet(world.Documents));
        var all = new ServiceCollection();
        all.AddLogging();
        all.AddSingleton(TimeProvider.System).AddSingleton(pool).AddSingleton(rules);
        all.AddSingleton<IDocumentStore>(world.Documents).AddSingleton<IArtifactStore>(world.Artifacts);
        all.AddSingleton<IDoorbell>(world.Doorbell).AddSingleton<IComputePool>(world.Pool).AddSingleton<IEndpointHost>(Endpoints);
        all.AddSingleton<ISecretStore, MemorySecretStore>();
        all.AddOrchestrations();
        all.AddDurableWorkflows(new DurableOptions { Path = path });
        services = all.BuildServiceProvider();
    }

    public PaperEndpoints Endpoints { get; }

    public JobSet Jobs => Get<JobSet>();

    public static async Task<LiveHost> StartAsync(LiveWorld world, string path, PoolOptions? pool = null, JobWatchRules? rules = null)
    {
        var host = new LiveHost(world, path, pool ?? new PoolOptions(), rules ?? new JobWatchRules());
        foreach (var worker in host.services.GetServices<IHostedService>())
            await worker.StartAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in services.GetServices<IHostedService>())
            await worker.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}
