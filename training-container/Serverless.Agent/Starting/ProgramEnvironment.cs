using System.Collections;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Jobs;

namespace Serverless.Agent.Starting;

/// <summary>The environment of a job's program: the machine's, without what is ours or proves who the machine is, then the contract's variables, then the user's.</summary>
internal static class ProgramEnvironment
{
    /// <summary>What a machine's identity comes by (Azure's managed identity and its libraries), what says where telemetry goes and with which key, and what steers the agent's own runtime.</summary>
    private static readonly string[] Hidden =
    [
        "IDENTITY_", "MSI_", "AZURE_CLIENT_", "AZURE_FEDERATED_", "AZURE_TENANT_", "OTEL_", "TRACEPARENT", "TRACESTATE", "DOTNET_TieredPGO", "DOTNET_STARTUP_HOOKS", "ASPNETCORE_",
    ];

    /// <summary>The machine's variables, without what is ours or proves who the machine is.</summary>
    public static Dictionary<string, string> OfMachine() => Inherited().Where(pair => !IsHidden(pair.Key)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The agent's own environment.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Inherited()
    {
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            yield return new((string)entry.Key, (string?)entry.Value ?? "");
    }

    /// <summary>Builds it.</summary>
    /// <param name="inherited">The agent's own environment.</param>
    /// <param name="ticket">The job.</param>
    /// <param name="folder">Its folders.</param>
    public static IReadOnlyDictionary<string, string> Build(IEnumerable<KeyValuePair<string, string>> inherited, JobTicket ticket, AttemptFolder folder)
    {
        var variables = inherited.Where(pair => !IsHidden(pair.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in ticket.Environment.Concat(ticket.Secrets))
        {
            if (!name.StartsWith(JobVariables.Prefix, StringComparison.Ordinal))
                variables[name] = value;
        }

        variables[JobVariables.JobId] = ticket.JobId;
        foreach (var input in ticket.Inputs)
            variables[JobVariables.Input(input.Channel)] = folder.PlaceOf(input);
        variables[JobVariables.ModelFolder] = folder.Model;
        variables[JobVariables.ArtifactsFolder] = folder.Artifacts;
        variables[JobVariables.CheckpointFolder] = folder.Checkpoint;
        variables[JobVariables.TensorboardFolder] = folder.Tensorboard;
        variables[JobVariables.MetricsFile] = folder.MetricsFile;
        return variables;
    }

    private static bool IsHidden(string name) =>
        name.StartsWith(JobVariables.Prefix, StringComparison.OrdinalIgnoreCase)
        || Hidden.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
