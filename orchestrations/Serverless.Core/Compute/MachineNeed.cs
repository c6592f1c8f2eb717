using Serverless.Contracts.Jobs;

namespace Serverless.Core.Compute;

/// <summary>What a job wants of a machine, with the pools that it may be in.</summary>
/// <param name="Asked">What was asked for.</param>
/// <param name="Pools">The pools that are looked at; null: all.</param>
public sealed record MachineNeed(ResourceSpec Asked, IReadOnlyList<string>? Pools)
{
    private const double GiB = 1L << 30;

    /// <summary>The need of a job. One that asks for nothing gets the host's first pool; one that names a pool or family is held to it.</summary>
    public static MachineNeed Of(ResourceSpec asked, PoolTable pools) =>
        new(asked, asked.Pool is null && asked != new ResourceSpec() ? null : [.. pools.Named(asked.Pool).Select(pool => pool.Name)]);

    /// <summary>What an offer lacks, each as words; empty when it fits. The pool is not looked at.</summary>
    public IReadOnlyList<string> Lacks(ComputeOffer offer)
    {
        List<string> lacks = [];
        var gpus = offer.Gpus.Count(gpu => gpu == Asked.Gpu?.Type);
        if (Asked.Gpu is { } gpu && gpus < gpu.Count)
            lacks.Add(offer.Gpus.Count == 0 ? "it has no GPU" : gpus == 0 ? $"its GPUs are {offer.Gpus[0]}" : $"it has {gpus} of {gpu.Count} GPUs");
        if (offer.VCpus < Asked.VCpus)
            lacks.Add($"it has {offer.VCpus} of {Asked.VCpus} vCPUs");
        if (offer.MemoryBytes < Asked.MemoryBytes)
            lacks.Add(FormattableString.Invariant($"it has {Math.Round(offer.MemoryBytes / GiB, 2)} of {Math.Round(Asked.MemoryBytes / GiB, 2)} GiB"));
        if (Asked.Size is { } size && !size.Equals(offer.Size, StringComparison.OrdinalIgnoreCase))
            lacks.Add("it is another size");
        if (Asked.Spot && !offer.Spot)
            lacks.Add("it is not spot");
        if (!Asked.Spot && offer.Spot && Asked.Pool is null)
            lacks.Add("it may be taken away, and spot was not asked for");
        return lacks;
    }

    /// <summary>Whether nothing was asked for.</summary>
    public bool IsEmpty => Asked == new ResourceSpec();

    /// <summary>The need in a few words.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (Asked.Gpu is { } gpu)
            parts.Add(gpu.ToString());
        if (Asked.VCpus > 0)
            parts.Add($"{Asked.VCpus} vCPUs");
        if (Asked.MemoryBytes > 0)
            parts.Add(FormattableString.Invariant($"{Math.Round(Asked.MemoryBytes / GiB, 2)} GiB"));
        if (Asked.Size is { } size)
            parts.Add(size);
        if (Asked.Spot)
            parts.Add("spot");
        return parts.Count == 0 ? "every need of this job" : string.Join(", ", parts);
    }
}
