using System.Text.Json;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>A container runtime without containers, for the agent of one test: see Serverless.RuntimeDouble.</summary>
internal sealed class DoubleRuntime : IDisposable
{
    private readonly TempFolder folder = new();

    public DoubleRuntime()
    {
        File.WriteAllText(Path, $"#!/bin/sh\nexec '{AgentProcess.Built("Serverless.RuntimeDouble")}' '{folder.Path}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Set("entry-point", "/bin/sh");
    }

    /// <summary>The runtime's program.</summary>
    public string Path => folder["podman"];

    /// <summary>The agent's options for it.</summary>
    public string[] Options => ["--container-runtime", Path];

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<string[]> Calls =>
        [.. Directory.EnumerateFiles(folder["calls"], "*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<string[]>(File.ReadAllText(file))!)];

    /// <summary>The containers that are left.</summary>
    public IReadOnlyList<string> Containers => Directory.Exists(folder["containers"]) ? [.. Directory.EnumerateFiles(folder["containers"], "*.json")] : [];

    public void Set(string name, string value) => File.WriteAllText(folder[name], value);

    public void Dispose() => folder.Dispose();
}
