using System.Text.Json;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.FunctionsHost.Tests.Protocol;
using Serverless.FunctionsHost.Tests.Protocol.Durable;

namespace Serverless.FunctionsHost.Tests.Durable;

/// <summary>An activity function.</summary>
internal static class Activity
{
    /// <summary>Runs the one that an orchestrator asked for. Its input stands in the history as a list of one, which the extension takes out.</summary>
    public static Task<string> RunAsync(WorkerHost host, ScheduleTask task)
    {
        using var list = JsonDocument.Parse(task.Input);
        return RunAsync(host, task.Name, list.RootElement.EnumerateArray().Single().GetRawText());
    }

    /// <summary>Runs it once in the worker.</summary>
    /// <param name="host">The host of the worker.</param>
    /// <param name="function">The function.</param>
    /// <param name="input">Its input as JSON.</param>
    /// <returns>Its result as JSON.</returns>
    public static async Task<string> RunAsync(WorkerHost host, string function, string input)
    {
        var parameter = host.Bound(function, "activityTrigger").Single();
        var answer = host.Succeeded(await host.InvokeAsync(function, new Dictionary<string, TypedData> { [parameter] = new() { String = input } }));
        return answer.ReturnValue.DataCase == TypedData.DataOneofCase.Json ? answer.ReturnValue.Json : answer.ReturnValue.String;
    }
}
