using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Functions.Durable;

/// <summary>What every orchestrator and activity function does: hand over to the runner of the catalogue.</summary>
/// <param name="runner">Runs the catalogue.</param>
/// <param name="slot">Where the client of the hub is put.</param>
/// <param name="services">The services of activities.</param>
/// <param name="log">Where failed activities are told.</param>
public sealed partial class DurableFunctions(HostedRunner runner, DurableClientSlot slot, IServiceProvider services, ILogger<DurableFunctions> log)
{
    /// <summary>Runs a workflow's function.</summary>
    /// <exception cref="HostedRunException">The workflow failed; its message holds why.</exception>
    public async Task<JsonElement> WorkflowAsync(TaskOrchestrationContext context) =>
        Wire.Element(await runner.RunAsync(context.Name.Name, new DurableTurn(context), Wire.Text(context.GetInput<JsonElement>())));

    /// <summary>Runs an activity's function.</summary>
    public async Task<JsonElement> ActivityAsync(string function, JsonElement call, DurableTaskClient client, CancellationToken cancel)
    {
        slot.Put(client);
        var answer = await runner.RunActivityAsync(function, services, Wire.Text(call), cancel);
        if (HostedRunner.FailureOf(answer) is { } failure)
            LogFailed(function, failure.Code, failure.Message);
        return Wire.Element(answer);
    }

    [LoggerMessage(9500, LogLevel.Warning, "The activity '{Function}' failed: {Code}: {Message}")]
    private partial void LogFailed(string function, string code, string message);
}
