namespace Serverless.Contracts.Agents;

/// <summary>What an agent says of its machine when it starts.</summary>
public sealed record NodeHello
{
    /// <summary>The node's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>The pool whose jobs it claims.</summary>
    public required string Pool { get; init; }

    /// <summary>Logical processors.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>GPUs by name.</summary>
    public IReadOnlyList<string> Gpus { get; set; } = [];

    /// <summary>Operating system and architecture.</summary>
    public required string Os { get; init; }

    /// <summary>The agent's version.</summary>
    public required string AgentVersion { get; init; }
}
