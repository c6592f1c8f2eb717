using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Conformance.Workflows;
using Serverless.Core.Documents;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Durable.Tests;

/// <summary>
/// A task hub in memory with the functions of a catalogue. Run it with DOTNET_PROCESSOR_COUNT=8 on a small machine: the hub runs as many functions at once as there are processors,
/// and a function that waits for another needs a second place.
/// </summary>
internal sealed class InMemoryHub : EngineUnderTest
{
    static InMemoryHub() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning"); // the hub's server reads it; its requests would bury the results

    private readonly DurableTaskTestHost host;
    private readonly ServiceProvider services;

    private InMemoryHub(DurableTaskTestHost host, ServiceProvider services)
    {
        this.host = host;
        this.services = services;
    }

    public override IWorkflowClient Client => services.GetRequiredService<IWorkflowClient>();

    public static async Task<InMemoryHub> StartAsync(WorkflowCatalog catalog)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(catalog)
            .AddSingleton<IDocumentStore>(new MemoryDocumentStore())
            .AddDurableFunctions()
            .BuildServiceProvider();
        var functions = services.GetRequiredService<DurableFunctions>();
        var slot = services.GetRequiredService<DurableClientSlot>();
        var host = await DurableTaskTestHost.StartAsync(
            registry => Register(registry, catalog, functions, slot),
            new DurableTaskTestHostOptions { Port = FreePort(), LoggerFactory = NullLoggerFactory.Instance });
        slot.Put(host.Client);
        return new InMemoryHub(host, services);
    }

    public override async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await services.DisposeAsync();
    }

    private static void Register(DurableTaskRegistry registry, WorkflowCatalog catalog, DurableFunctions functions, DurableClientSlot slot)
    {
        var (workflows, activities) = FunctionNames.For(catalog);
        foreach (var function in workflows.Keys)
            registry.AddOrchestratorFunc<JsonElement, JsonElement>(function, (context, _) => functions.WorkflowAsync(context));
        foreach (var function in activities.Keys.Append(FunctionNames.Look))
            registry.AddActivityFunc<JsonElement, JsonElement>(function, (_, call) => functions.ActivityAsync(function, call, slot.Get(), CancellationToken.None));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
