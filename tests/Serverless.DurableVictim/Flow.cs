using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Core.Workflows;

namespace Serverless.DurableVictim;

internal sealed record FlowInput(int Round, int[] Seen);

/// <summary>A workflow of everything: activities in a row and at once, a retry, a timer, events early and in time, a called workflow, and a second round as new.</summary>
internal sealed class Flow : IWorkflow<FlowInput, int[]>
{
    public static readonly WorkflowName<FlowInput, int[]> Main = new("flow");
    private static readonly WorkflowName<int, int> Below = new("below");
    private static readonly ActivityName<int, int> AddOne = new("add-one");
    private static readonly ActivityName<int, int> Flaky = new("flaky");

    public static WorkflowCatalog Catalog() => new WorkflowCatalog(new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = FlowJson.Default })
        .Add(Main, () => new Flow())
        .Add(Below, () => new Called())
        .Add(AddOne, services => new Step(services.GetRequiredService<Effects>(), fails: false))
        .Add(Flaky, services => new Step(services.GetRequiredService<Effects>(), fails: true));

    public async Task<int[]> RunAsync(IWorkflowContext context, FlowInput input)
    {
        if (input.Round == 2)
            return [.. input.Seen, await context.WaitForEventAsync<int>("EARLY"), await context.CallAsync(AddOne, 20)];

        context.SetStatus("round one");
        var first = await context.CallAsync(AddOne, 1);
        var both = await Task.WhenAll(context.CallAsync(AddOne, first), context.CallAsync(AddOne, 10));
        var retried = await context.CallAsync(Flaky, 5, new RetryPolicy { MaxAttempts = 3, First = TimeSpan.FromMilliseconds(2) });
        await context.TimerAsync(TimeSpan.FromMilliseconds(5));
        var go = await context.WaitForEventAsync<int>("go");
        var below = await context.CallWorkflowAsync(Below, context.InstanceId + "-below", 7);
        context.ContinueAsNew(new FlowInput(2, [.. input.Seen, first, .. both, retried, go, below]));
        return [];
    }

    private sealed class Called : IWorkflow<int, int>
    {
        public async Task<int> RunAsync(IWorkflowContext context, int input)
        {
            await context.TimerAsync(TimeSpan.FromMilliseconds(2));
            return await context.CallAsync(AddOne, input * 10);
        }
    }

    private sealed class Step(Effects effects, bool fails) : IActivity<int, int>
    {
        public Task<int> RunAsync(ActivityCall call, int input, CancellationToken cancel)
        {
            if (fails && call.Attempt == 1)
                throw new IOException("the first attempt fails");
            effects.Record(call, $"add one to {input}");
            return Task.FromResult(input + 1);
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(FlowInput))]
[JsonSerializable(typeof(string))]
internal sealed partial class FlowJson : JsonSerializerContext;
