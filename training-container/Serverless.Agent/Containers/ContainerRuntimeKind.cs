namespace Serverless.Agent.Containers;

/// <summary>Whose commands a container runtime speaks. They are nearly the same; where they differ, <see cref="ContainerArguments"/> says it.</summary>
internal enum ContainerRuntimeKind
{
    /// <summary>Podman: no daemon; containers are the agent's descendants.</summary>
    Podman,

    /// <summary>Docker: a daemon starts the containers.</summary>
    Docker,
}
