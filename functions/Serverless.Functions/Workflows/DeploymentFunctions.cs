using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Functions.Durable;

namespace Serverless.Functions.Workflows;

/// <summary>The functions of the workflow that puts a model version behind an endpoint.</summary>
/// <param name="functions">Runs the catalogue.</param>
public sealed class DeploymentFunctions(DurableFunctions functions)
{
    /// <summary>The workflow.</summary>
    [Function("deployment")]
    public Task<JsonElement> Deployment([OrchestrationTrigger] TaskOrchestrationContext context) => functions.WorkflowAsync(context);

    /// <summary>Checks the model.</summary>
    [Function("deployment-check")]
    public Task<JsonElement> Check([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("deployment-check", call, client, cancel);

    /// <summary>Probes it.</summary>
    [Function("deployment-probe")]
    public Task<JsonElement> Probe([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("deployment-probe", call, client, cancel);

    /// <summary>Sends it the calls.</summary>
    [Function("deployment-route")]
    public Task<JsonElement> Route([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("deployment-route", call, client, cancel);

    /// <summary>Sees that it answers.</summary>
    [Function("deployment-verify")]
    public Task<JsonElement> Verify([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("deployment-verify", call, client, cancel);

    /// <summary>Writes the end of the deployment.</summary>
    [Function("deployment-finish")]
    public Task<JsonElement> Finish([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("deployment-finish", call, client, cancel);
}
