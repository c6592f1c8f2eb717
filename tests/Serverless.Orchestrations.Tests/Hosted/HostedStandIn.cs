using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Conformance.Workflows;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;
using Serverless.Durable.Options;
using Serverless.Orchestrations.Tests.Durable;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Hosted;

/// <summary>A catalogue that runs by <see cref="HostedRunner"/> on the embedded engine, as a stand-in for one that somebody else hosts.</summary>
internal sealed class HostedStandIn : EngineUnderTest
{
    private static readonly ServiceProvider NoServices = new ServiceCollection().BuildServiceProvider();
    private readonly DurableEngine below;

    private HostedStandIn(DurableEngine below, StandInEngine engine, HostedStarts starts, WorkflowCatalog catalog)
    {
        this.below = below;
        Engine = engine;
        Client = new HostedWorkflowClient(engine, starts, catalog, new HostedLimits(), TimeProvider.System);
    }

    public override IWorkflowClient Client { get; }

    public StandInEngine Engine { get; }

    public static async Task<HostedStandIn> StartAsync(WorkflowCatalog catalog, string path, MemoryDocumentStore? documents = null)
    {
        var late = new Late();
        var starts = new HostedStarts(late, documents ?? new MemoryDocumentStore(), catalog, new HostedLimits(), TimeProvider.System);
        var runner = new HostedRunner(catalog, starts, new HostedLimits());
        var engine = await DurableEngine.StartAsync(Below(catalog, runner, late), new DurableOptions { Path = path, MaxCached = 0 });
        late.Engine = new StandInEngine(engine.Client);
        return new HostedStandIn(engine, late.Engine, starts, catalog);
    }

    public override ValueTask DisposeAsync() => below.DisposeAsync();

    /// <summary>The functions that a host would have.</summary>
    private static WorkflowCatalog Below(WorkflowCatalog catalog, HostedRunner runner, Late engine)
    {
        var functions = new WorkflowCatalog(new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
        var (workflows, activities) = FunctionNames.For(catalog);
        foreach (var function in workflows.Keys)
            functions.Add(new WorkflowName<JsonElement, JsonElement>(function), () => new Run(function, runner));
        foreach (var function in activities.Keys.Append(FunctionNames.Look))
            functions.Add(new ActivityName<JsonElement, JsonElement>(function), _ => new Step(function, runner));
        return functions.Add(StandInTurn.SendActivity, _ => new Send(engine));
    }

    private sealed class Run(string function, HostedRunner runner) : IWorkflow<JsonElement, JsonElement>
    {
        public async Task<JsonElement> RunAsync(IWorkflowContext context, JsonElement input)
        {
            var sent = new List<(string InstanceId, string Message)>();
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(await runner.RunAsync(function, new StandInTurn(context, sent), input.GetRawText()));
            }
            finally
            {
                foreach (var (instanceId, message) in sent)
                    await context.CallAsync(StandInTurn.SendActivity, new StandInSend(instanceId, message));
            }
        }
    }

    private sealed class Step(string function, HostedRunner runner) : IActivity<JsonElement, JsonElement>
    {
        public async Task<JsonElement> RunAsync(ActivityCall call, JsonElement input, CancellationToken cancel) =>
            JsonSerializer.Deserialize<JsonElement>(await runner.RunActivityAsync(function, NoServices, input.GetRawText(), cancel));
    }

    private sealed class Send(Late engine) : IActivity<StandInSend, Nothing>
    {
        public async Task<Nothing> RunAsync(ActivityCall call, StandInSend input, CancellationToken cancel)
        {
            await engine.SendAsync(input.InstanceId, input.Message, cancel);
            return Nothing.Value;
        }
    }

    /// <summary>The engine exists only once its catalogue does.</summary>
    private sealed class Late : IHostedEngine
    {
        public StandInEngine? Engine { get; set; }

        public Task<bool> ScheduleAsync(string function, string instanceId, string input, CancellationToken cancel) => Engine!.ScheduleAsync(function, instanceId, input, cancel);

        public Task SendAsync(string instanceId, string message, CancellationToken cancel) => Engine!.SendAsync(instanceId, message, cancel);

        public Task<HostedInstance?> FindAsync(string instanceId, CancellationToken cancel) => Engine!.FindAsync(instanceId, cancel);

        public Task TerminateAsync(string instanceId, string reason, CancellationToken cancel) => Engine!.TerminateAsync(instanceId, reason, cancel);

        public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) => Engine!.PurgeAsync(instanceId, cancel);

        public IAsyncEnumerable<HostedInstance> ListAsync(bool? hasEnded, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel) => Engine!.ListAsync(hasEnded, from, to, cancel);
    }
}
