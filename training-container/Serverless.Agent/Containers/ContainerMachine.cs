namespace Serverless.Agent.Containers;

/// <summary>What of the machine and of the agent's options counts for a container.</summary>
internal sealed record ContainerMachine
{
    public required ContainerRuntimeKind Kind { get; init; }

    public required RuntimeFacts Facts { get; init; }

    /// <summary>The agent's own user and group.</summary>
    public required (uint User, uint Group) Agent { get; init; }

    /// <summary>Logical processors of the machine.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory of the machine in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The agent's hard limit on open files; null: none.</summary>
    public long? MaxOpenFiles { get; init; }

    /// <summary>The agent's hard limit on processes; null: none.</summary>
    public long? MaxProcesses { get; init; }

    /// <summary>Most processes and threads of a container.</summary>
    public int Processes { get; init; } = 4096;

    /// <summary>The network for jobs that may use one; null: the runtime's own.</summary>
    public string? Network { get; init; }
}
