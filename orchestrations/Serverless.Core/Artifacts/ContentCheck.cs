using System.Security.Cryptography;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Core.Artifacts;

/// <summary>Holds content that streams by to what a put allows: its size as it goes, its hash at the end.</summary>
/// <param name="path">Where the content is to go.</param>
/// <param name="options">What is allowed.</param>
public sealed class ContentCheck(ArtifactPath path, PutOptions options) : IDisposable
{
    private readonly IncrementalHash? hash = options.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes came by.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Takes note of some bytes.</summary>
    /// <exception cref="ServerlessException"><c>too_large</c>.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        SizeBytes += bytes.Length;
        if (SizeBytes > options.MaxBytes)
            throw new ServerlessException(ProblemCodes.TooLarge, $"The content for '{path}' is larger than {options.MaxBytes} bytes.", "Send less, or in parts.");
        hash?.AppendData(bytes);
    }

    /// <summary>Says that this was all.</summary>
    /// <exception cref="ServerlessException"><c>hash_mismatch</c>.</exception>
    public void Finish()
    {
        if (hash is null)
            return;
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != options.Sha256)
            throw new ServerlessException(ProblemCodes.HashMismatch, $"The content for '{path}' has the SHA-256 {found}; {options.Sha256} was announced.", "Send it again.");
    }

    /// <inheritdoc/>
    public void Dispose() => hash?.Dispose();
}
