using TorchSharp;

namespace Serverless.Torch.Children;

/// <summary>What a process that exports may use, and what its module is held against.</summary>
public sealed record ApartOptions
{
    /// <summary>How long it may take; then it is ended. Default: 30 minutes.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How much memory of its own it may take, on Linux; beyond that its allocations fail, and it ends. Null: what the machine or the container has beside this process, and 1 GiB at least,
    /// so that it is never this process, with the trained weights, that has to give way.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>
    /// What the trained module gives for the examples, in evaluation mode and as <c>forward</c> returns it, laid flat. The module that the recipe builds must give the same before it is exported:
    /// a recipe that forgets a setting without weights (a stride, say) is found out. Null: this is not looked at.
    /// </summary>
    public IReadOnlyList<torch.Tensor>? Outputs { get; init; }

    /// <summary>The bound in bytes.</summary>
    internal long MemoryOrDefault => MemoryBytes ?? Math.Max(Least, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet);

    private const long Least = 1L << 30;
}
