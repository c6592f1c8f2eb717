namespace Serverless.Contracts.Jobs;

/// <summary>The machine that an attempt ran on.</summary>
public sealed record JobMachine
{
    /// <summary>The node's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>The offer's size, such as <c>local</c> or <c>Standard_NC4as_T4_v3</c>.</summary>
    public required string Size { get; init; }

    /// <summary>Logical processors.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The GPUs by name; empty when there are none.</summary>
    public IReadOnlyList<string> Gpus { get; set; } = [];

    /// <summary>Operating system and architecture.</summary>
    public string? Os { get; init; }

    /// <summary>
    /// The container image that ran, as <c>name@sha256:digest</c> when it came from a registry, else the image's id <c>sha256:…</c>; null for a process, and until the image is
    /// on the node.
    /// </summary>
    public string? Image { get; init; }
}
