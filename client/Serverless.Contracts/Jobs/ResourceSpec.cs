namespace Serverless.Contracts.Jobs;

/// <summary>What a job runs on. The platform picks the machine: the cheapest of the host's pools that fits; the choice and its reason stand in <see cref="Job.Placement"/>.</summary>
public sealed record ResourceSpec
{
    /// <summary>The pool whose nodes may claim the job, or the name of a family of pools. Default: the host's first pool when nothing else is asked for either, else any.</summary>
    public string? Pool { get; init; }

    /// <summary>The machine's size by its provider's name, such as <c>Standard_NC4as_T4_v3</c>. Default: any.</summary>
    public string? Size { get; init; }

    /// <summary>The GPUs. Default: none are needed.</summary>
    public GpuSpec? Gpu { get; init; }

    /// <summary>Logical processors at least, 0 to 4,096; a container may use no more. Default: 0, any number.</summary>
    public int VCpus { get; init; }

    /// <summary>Memory in bytes at least. A container may use no more. Default: 0, any size.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Whether the machine shall be one that may be taken away at any time, for less money. Default: no.</summary>
    public bool Spot { get; init; }
}
