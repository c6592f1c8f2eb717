using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Core.Workflows;
using Serverless.Durable;
using Serverless.Durable.Options;
using Serverless.TestKit;

namespace Serverless.Benchmarks.Workflows;

/// <summary>Workflows of five sequential activities on the embedded engine, a number of them in flight.</summary>
internal sealed partial class FiveSteps : IWorkflow<int, int>
{
    private static readonly WorkflowName<int, int> Five = new("five-steps");
    private static readonly ActivityName<int, int> Step = new("step");

    /// <inheritdoc/>
    public async Task<int> RunAsync(IWorkflowContext context, int input)
    {
        var sum = 0;
        for (var step = 0; step < 5; step++)
            sum += await context.CallAsync(Step, step);
        return sum;
    }

    /// <summary>Runs the load at each level on a fresh store.</summary>
    public static async Task<IReadOnlyList<Load>> MeasureAsync(IReadOnlyList<int> levels, TimeSpan time)
    {
        using var folder = new TempFolder();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new WorkflowCatalog(FiveStepsJson.Default.Options).Add(Five, () => new FiveSteps()).Add(Step, _ => new Nop()));
        builder.Services.AddDurableWorkflows(new DurableOptions { Path = folder["workflows.db"] });
        using var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IWorkflowClient>();
        await RunAsync(client, "warm", 8, TimeSpan.FromSeconds(2));
        var loads = new List<Load>();
        foreach (var level in levels)
            loads.Add(await RunAsync(client, $"at-{level}", level, time));
        await host.StopAsync();
        return loads;
    }

    private static async Task<Load> RunAsync(IWorkflowClient client, string name, int inFlight, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var taken = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async lane =>
        {
            var times = new List<double>();
            for (var i = 0; clock.Elapsed < time; i++)
            {
                var begin = clock.Elapsed;
                var id = $"{name}-{lane}-{i}";
                await client.StartAsync(Five, id, i, CancellationToken.None);
                var state = await client.WaitAsync(id, TimeSpan.FromSeconds(30), CancellationToken.None);
                if (state?.Output != "10")
                    throw new InvalidOperationException($"Workflow '{id}' ended with '{state?.Output}' ({state?.Failure?.Message}).");
                times.Add((clock.Elapsed - begin).TotalMilliseconds);
            }

            return times;
        }));
        return Load.Of(inFlight, [.. taken.SelectMany(times => times)], clock.Elapsed);
    }

    private sealed class Nop : IActivity<int, int>
    {
        public Task<int> RunAsync(ActivityCall call, int input, CancellationToken cancel) => Task.FromResult(input);
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(int))]
    private sealed partial class FiveStepsJson : JsonSerializerContext;
}
