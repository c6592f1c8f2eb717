namespace Serverless.Core.Artifacts;

/// <summary>
/// Bytes by path. A put is whole or not there at all; readers see the old bytes or the new ones, never a mixture.
/// Errors: <see cref="Failures.ServerlessException"/> with <c>not_found</c>, <c>conflict</c> (a condition does not hold), <c>storage_full</c>,
/// <c>hash_mismatch</c>, <c>unavailable</c> (retryable).
/// </summary>
public interface IArtifactStore
{
    /// <summary>What is at a path, or null.</summary>
    Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel);

    /// <summary>Writes the whole content: to a temporary place, then committed at once. When the stream or the caller breaks off, nothing has changed.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">The bytes, read to the end.</param>
    /// <param name="options">Conditions, the expected hash and the size limit.</param>
    /// <param name="cancel">Breaks off.</param>
    Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel);

    /// <summary>Opens the bytes as they are now; a later put does not change what this stream reads.</summary>
    /// <param name="path">Where.</param>
    /// <param name="range">Which bytes; null: all. A range that begins at the end or behind it gives an empty stream.</param>
    /// <param name="cancel">Breaks off.</param>
    Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel);

    /// <summary>Appends bytes at an offset, making the artifact when the offset is 0. When the offset is not the length, nothing changes: so the same append twice does no harm.</summary>
    /// <returns>The length afterwards, whoever wrote it.</returns>
    Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>All artifacts whose path begins with a prefix (a plain text prefix, not a folder), sorted by ordinal path.</summary>
    IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, CancellationToken cancel);

    /// <summary>Deletes what is there; false when nothing was.</summary>
    Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel);

    /// <summary>A short-lived address for one path and one verb, which whoever holds it may use without a key.</summary>
    /// <param name="path">Where.</param>
    /// <param name="verb">Read or write.</param>
    /// <param name="lifetime">How long; at most 7 days.</param>
    /// <param name="cancel">Breaks off.</param>
    Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel);
}
