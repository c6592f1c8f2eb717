namespace Serverless.Infra.Azure.Artifacts;

/// <summary>How artifacts lie in blobs.</summary>
public sealed record BlobStoreOptions
{
    /// <summary>The container. The infrastructure makes it.</summary>
    public string Container { get; init; } = "artifacts";

    /// <summary>
    /// Bytes of a block, 64 KiB to 100 MiB: content up to this goes in one request, longer content in blocks of this; one is in memory for each put. Blobs have at most 50,000
    /// blocks, so 8 MiB reach to 390 GiB.
    /// </summary>
    public int BlockBytes { get; init; } = 8 << 20;

    /// <summary>Most bytes of one append, 64 KiB to 4 MiB (the most that every version of the service takes).</summary>
    public int AppendBytes { get; init; } = 4 << 20;
}
