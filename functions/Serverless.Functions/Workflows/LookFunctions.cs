using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Functions.Durable;

namespace Serverless.Functions.Workflows;

/// <summary>The built-in activity of every workflow that calls another.</summary>
/// <param name="functions">Runs the catalogue.</param>
public sealed class LookFunctions(DurableFunctions functions)
{
    /// <summary>Starts a called workflow unless it is known, and says how it stands.</summary>
    [Function("workflow-look")]
    public Task<JsonElement> Look([ActivityTrigger] JsonElement call, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        functions.ActivityAsync("workflow-look", call, client, cancel);
}
