using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Failures;

namespace Serverless.Infra.Local.Artifacts;

public sealed partial class FileArtifactStore
{
    private const int BufferBytes = 128 * 1024;

    /// <inheritdoc/>
    public async Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel)
    {
        Check(path, options);
        var temp = NextTemp();
        try
        {
            using var file = Try($"Writing '{path}'", () => tree.CreateTemp(temp));
            await FillAsync(path, file, content, options, cancel);
            using var held = await locks.HoldAsync(path, cancel);
            Check(path, options);
            return Try($"Writing '{path}'", () =>
            {
                File.SetLastWriteTimeUtc(file, stamps.Next());
                RandomAccess.FlushToDisk(file);
                var entry = Entry(path, file);
                tree.Commit(temp, path);
                return entry;
            });
        }
        catch
        {
            tree.Discard(temp);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (offset < 0)
            throw Fail.Invalid("offset", $"The offset {offset} is negative.", "Give an offset from 0.");
        using var held = await locks.HoldAsync(path, cancel);
        using var file = Try($"Opening '{path}'", () => tree.OpenAppend(path) ?? (offset == 0 ? CreateEmpty(path) : null));
        if (file is null)
            return 0;
        var length = RandomAccess.GetLength(file);
        if (length != offset || bytes.Length == 0)
            return length;
        return Try($"Appending to '{path}'", () => Append(file, offset, bytes.Span));
    }

    /// <summary>Writes without asking for a flush: a log grows by many small pieces, and what a power cut takes of it the next attempt writes again.</summary>
    private long Append(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
            File.SetLastWriteTimeUtc(file, stamps.Next());
            return offset + bytes.Length;
        }
        catch (IOException)
        {
            CutBack(file, offset);
            throw;
        }
    }

    private static void CutBack(SafeFileHandle file, long length)
    {
        try
        {
            RandomAccess.SetLength(file, length);
        }
        catch (IOException)
        {
            // The disk's first failure is the one to tell. What stays behind the length is a beginning of the same piece.
        }
    }

    private SafeFileHandle CreateEmpty(ArtifactPath path)
    {
        var temp = NextTemp();
        var file = tree.CreateTemp(temp);
        try
        {
            tree.Commit(temp, path);
            return file;
        }
        catch
        {
            file.Dispose();
            tree.Discard(temp);
            throw;
        }
    }

    private static async Task FillAsync(ArtifactPath path, SafeFileHandle file, Stream content, PutOptions options, CancellationToken cancel)
    {
        using var hash = options.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long size = 0;
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(), cancel)) > 0)
            {
                if (size + read > options.MaxBytes)
                {
                    throw new ServerlessException(ProblemCodes.TooLarge,
                        $"The content for '{path}' is larger than the limit of {options.MaxBytes} bytes.", "Send less, or split it into several files.");
                }

                hash?.AppendData(buffer, 0, read);
                await WriteAsync(path, file, buffer.AsMemory(0, read), size, cancel);
                size += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (hash is not null && Convert.ToHexStringLower(hash.GetHashAndReset()) is var actual && actual != options.Sha256)
        {
            throw new ServerlessException(ProblemCodes.HashMismatch,
                $"The content for '{path}' has the SHA-256 {actual}; {options.Sha256} was announced.", "Send the content again.");
        }
    }

    private static async ValueTask WriteAsync(ArtifactPath path, SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset, CancellationToken cancel)
    {
        try
        {
            await RandomAccess.WriteAsync(file, bytes, offset, cancel);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw LocalFailures.OfFiles($"Writing '{path}'", failed);
        }
    }

    private void Check(ArtifactPath path, PutOptions options)
    {
        if (!options.IfAbsent && options.IfMatch is null)
            return;
        var there = Find(path);
        if (options.IfAbsent && there is not null)
            throw Fail.Conflict($"There is already an artifact '{path}'.", "Leave it as it is, or write without the condition.");
        if (options.IfMatch is { } eTag && there?.ETag != eTag)
            throw Fail.Conflict($"The artifact '{path}' is {(there is null ? "gone" : "not what it was any more")}.", "Read it again, decide again, and write with its new ETag.");
    }

    private string NextTemp() => string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref tempCounter):x}.part");
}
