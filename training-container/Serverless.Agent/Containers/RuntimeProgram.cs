namespace Serverless.Agent.Containers;

/// <summary>The program that runs containers on this machine.</summary>
/// <param name="Kind">Whose commands it speaks.</param>
/// <param name="Path">Its absolute path.</param>
/// <param name="Version">Its version, for messages.</param>
internal sealed record RuntimeProgram(ContainerRuntimeKind Kind, string Path, string Version)
{
    /// <summary>What messages call it.</summary>
    public string Name => Kind == ContainerRuntimeKind.Podman ? "podman" : "docker";
}
