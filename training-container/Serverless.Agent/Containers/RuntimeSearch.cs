using Serverless.Agent.Starting;

namespace Serverless.Agent.Containers;

/// <summary>Finds the container runtime of this machine: podman, else docker, or the one that was named.</summary>
internal static class RuntimeSearch
{
    private const string Podman = "podman";
    private const string Docker = "docker";

    /// <summary>Podman's init program, where distributions and its own build put it.</summary>
    private static readonly string[] PodmanInits = ["/usr/libexec/podman/catatonit", "/usr/bin/catatonit", "/usr/local/libexec/podman/catatonit"];

    /// <summary>The paths to try, in this order.</summary>
    /// <param name="wanted">A name or path; null: whatever there is.</param>
    /// <param name="path">The variable PATH.</param>
    public static IReadOnlyList<string> Candidates(string? wanted, string? path) =>
        [.. (wanted is null ? new[] { Podman, Docker } : [wanted]).Select(word => ExecutableSearch.Find(word, "/", path)).OfType<string>()];

    /// <summary>Whose commands a program speaks, from what it says of its version: some machines have a 'docker' that is podman.</summary>
    /// <param name="path">The program.</param>
    /// <param name="version">What it says to <c>--version</c>.</param>
    /// <returns>Null when it is neither.</returns>
    public static RuntimeProgram? Of(string path, string version)
    {
        var line = version.Split('\n')[0].Trim();
        if (line.Contains(Podman, StringComparison.OrdinalIgnoreCase))
            return new RuntimeProgram(ContainerRuntimeKind.Podman, path, line);
        return line.Contains(Docker, StringComparison.OrdinalIgnoreCase) ? new RuntimeProgram(ContainerRuntimeKind.Docker, path, line) : null;
    }

    /// <summary>Whether podman's init program is on this machine.</summary>
    public static bool HasPodmanInit() => PodmanInits.Any(File.Exists);
}
