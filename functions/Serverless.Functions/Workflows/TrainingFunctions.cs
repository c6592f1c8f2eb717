using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Functions.Durable;

namespace Serverless.Functions.Workflows;

/// <summary>The functions of the workflow of a job. Their names are those of the catalogue, with dashes for dots.</summary>
/// <param name="functions">Runs the catalogue.</param>
public sealed class TrainingFunctions(DurableFunctions functions)
{
    /// <summary>The workflow.</summary>
    [Function("training")]
    public Task<JsonElement> Training([OrchestrationTrigger] TaskOrchestrationContext context) => functions.WorkflowAsync(context);

    /// <summary>Admits the job.</summary>
    [Function("training-admit")]
    public Task<JsonElement> Admit([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("training-admit", call, client, cancel);

    /// <summary>Looks at the job.</summary>
    [Function("training-observe")]
    public Task<JsonElement> Observe([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("training-observe", call, client, cancel);

    /// <summary>Registers the model.</summary>
    [Function("training-register")]
    public Task<JsonElement> Register([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("training-register", call, client, cancel);

    /// <summary>Looks at the gate.</summary>
    [Function("training-gate")]
    public Task<JsonElement> Gate([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("training-gate", call, client, cancel);

    /// <summary>Writes the end of the job.</summary>
    [Function("training-end")]
    public Task<JsonElement> End([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("training-end", call, client, cancel);

    /// <summary>Frees what the job held.</summary>
    [Function("training-release")]
    public Task<JsonElement> Release([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("training-release", call, client, cancel);
}
