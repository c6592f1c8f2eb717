using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Functions.Durable;

namespace Serverless.Functions.Workflows;

/// <summary>The functions of the workflow that drives a study.</summary>
/// <param name="functions">Runs the catalogue.</param>
public sealed class StudyFunctions(DurableFunctions functions)
{
    /// <summary>The workflow.</summary>
    [Function("study")]
    public Task<JsonElement> Study([OrchestrationTrigger] TaskOrchestrationContext context) => functions.WorkflowAsync(context);

    /// <summary>Looks at the trials, starts and stops some.</summary>
    [Function("study-look")]
    public Task<JsonElement> Look([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("study-look", call, client, cancel);

    /// <summary>Takes the best trial's model.</summary>
    [Function("study-publish")]
    public Task<JsonElement> Publish([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("study-publish", call, client, cancel);

    /// <summary>Writes the end of the study.</summary>
    [Function("study-end")]
    public Task<JsonElement> End([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("study-end", call, client, cancel);
}
