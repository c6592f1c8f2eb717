using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Durable;
using Serverless.Durable.Options;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>The embedded engine as a host composes it, on a file.</summary>
internal sealed class DurableEngine : EngineUnderTest
{
    private readonly ServiceProvider services;
    private bool stopped;

    private DurableEngine(ServiceProvider services) => this.services = services;

    public override IWorkflowClient Client => services.GetRequiredService<IWorkflowClient>();

    public WorkflowStoreHealth Health => services.GetRequiredService<WorkflowStoreHealth>();

    public static async Task<DurableEngine> StartAsync(WorkflowCatalog catalog, DurableOptions options, TimeProvider? time = null, bool works = true)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddDurableWorkflows(options);
        var engine = new DurableEngine(services.BuildServiceProvider());
        if (works)
            await engine.Worker.StartAsync(CancellationToken.None);
        return engine;
    }

    public static Task<DurableEngine> StartAsync(WorkflowCatalog catalog, string path, TimeProvider? time = null) =>
        StartAsync(catalog, new DurableOptions { Path = path }, time);

    /// <summary>The graceful stop of a host.</summary>
    public override ValueTask DisposeAsync() => DisposeAsync(CancellationToken.None);

    /// <param name="hurry">The host's patience has run out.</param>
    public async ValueTask DisposeAsync(CancellationToken hurry)
    {
        if (stopped)
            return;
        stopped = true;
        await Worker.StopAsync(hurry);
        await services.DisposeAsync();
    }

    private IHostedService Worker => services.GetRequiredService<IHostedService>();
}
