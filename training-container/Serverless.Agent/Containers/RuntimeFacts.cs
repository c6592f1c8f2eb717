using System.Text.Json;

namespace Serverless.Agent.Containers;

/// <summary>What a container runtime can do on this machine, from its own <c>info</c>.</summary>
/// <param name="Cpu">It can bound processor time.</param>
/// <param name="Memory">It can bound memory.</param>
/// <param name="Processes">It can bound the number of processes.</param>
/// <param name="Init">It has a first process of its own for containers, which passes signals on and reaps.</param>
internal sealed record RuntimeFacts(bool Cpu, bool Memory, bool Processes, bool Init)
{
    /// <summary>Reads podman's <c>info --format json</c>. Without root it can use only the control groups that the system has handed to the user.</summary>
    /// <param name="json">The document.</param>
    /// <param name="hasInit">Whether podman's init program is installed; podman does not tell.</param>
    /// <exception cref="JsonException">It is not what podman writes.</exception>
    public static RuntimeFacts OfPodman(string json, bool hasInit)
    {
        using var document = JsonDocument.Parse(json);
        var host = Member(document.RootElement, "host");
        var controllers = Member(host, "cgroupControllers") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(each => each.GetString()).ToHashSet()
            : [];
        return new RuntimeFacts(controllers.Contains("cpu"), controllers.Contains("memory"), controllers.Contains("pids"), hasInit);
    }

    /// <summary>Reads docker's <c>info --format '{{json .}}'</c>.</summary>
    /// <param name="json">The document.</param>
    /// <param name="problem">Why the daemon did not answer; null when it did.</param>
    /// <exception cref="JsonException">It is not what docker writes.</exception>
    public static RuntimeFacts OfDocker(string json, out string? problem)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        problem = Member(root, "ServerErrors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0 ? errors[0].ToString() : null;
        return new RuntimeFacts(IsTrue(root, "CpuCfsQuota"), IsTrue(root, "MemoryLimit"), IsTrue(root, "PidsLimit"), Member(root, "InitBinary") is { ValueKind: JsonValueKind.String } init && init.GetString() is { Length: > 0 });
    }

    private static bool IsTrue(JsonElement root, string name) => Member(root, name).ValueKind == JsonValueKind.True;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
