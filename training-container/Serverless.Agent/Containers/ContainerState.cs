using System.Globalization;
using System.Text.Json;

namespace Serverless.Agent.Containers;

/// <summary>How a container stands, from <c>container inspect</c>. Both runtimes write the same members.</summary>
internal sealed record ContainerState
{
    /// <summary>Whether its program runs.</summary>
    public required bool Running { get; init; }

    /// <summary>Whether its program has ever run.</summary>
    public required bool Started { get; init; }

    /// <summary>Whether the kernel killed one of its processes for memory.</summary>
    public required bool KilledForMemory { get; init; }

    /// <summary>Its program's exit code; 128 + n for a signal.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Its first process on the node; 0: none.</summary>
    public required int Process { get; init; }

    /// <summary>What the runtime says went wrong; empty when nothing did.</summary>
    public required string Error { get; init; }

    /// <summary>The folder of the attempt that it works for; null: it is not an agent's.</summary>
    public required string? Attempt { get; init; }

    /// <summary>Reads what a runtime says: an array of one object.</summary>
    /// <exception cref="JsonException">It is not what a runtime writes.</exception>
    public static ContainerState Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0
            || array[0].ValueKind != JsonValueKind.Object || !array[0].TryGetProperty("State", out var state) || state.ValueKind != JsonValueKind.Object)
            throw new JsonException("The runtime's description of the container has no state.");
        return new ContainerState
        {
            Running = IsTrue(state, "Running"),
            Started = Text(state, "StartedAt") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var started) && started.Year > 1970,
            KilledForMemory = IsTrue(state, "OOMKilled"),
            ExitCode = Number(state, "ExitCode"),
            Process = Number(state, "Pid"),
            Error = Text(state, "Error") ?? "",
            Attempt = array[0].TryGetProperty("Config", out var config) && config.ValueKind == JsonValueKind.Object
                && config.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object ? Text(labels, ContainerPlan.AttemptLabel) : null,
        };
    }

    private static bool IsTrue(JsonElement state, string name) => state.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static int Number(JsonElement state, string name) => state.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
