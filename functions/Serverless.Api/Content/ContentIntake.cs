using System.Buffers;
using System.Security.Cryptography;
using Serverless.Contracts.Content;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Ids;

namespace Serverless.Api.Content;

/// <summary>
/// Takes bytes whose hash nobody knows yet to where content lies by its hash. Small ones are hashed in memory; large ones go to a place of their own first,
/// streamed, and are copied from there: nothing is held that is larger than <see cref="MemoryBytes"/>.
/// </summary>
/// <param name="store">Where content lies.</param>
/// <param name="ids">Names the places of large ones.</param>
public sealed class ContentIntake(IArtifactStore store, IIdSource ids)
{
    /// <summary>Most bytes that are held in memory: 1 MiB.</summary>
    public const int MemoryBytes = 1024 * 1024;

    /// <summary>Takes content in. When it breaks off, nothing is at the content's place.</summary>
    /// <param name="path">The path under which the content will be known.</param>
    /// <param name="content">The bytes, read to the end.</param>
    /// <param name="maxBytes">Most bytes.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The file with its hash and size.</returns>
    /// <exception cref="ServerlessException"><c>too_large</c>, <c>storage_full</c>.</exception>
    public async Task<ContentFile> TakeAsync(string path, Stream content, long maxBytes, CancellationToken cancel)
    {
        if (content.CanSeek)
            return await TakeFileAsync(path, content, maxBytes, cancel);
        var head = ArrayPool<byte>.Shared.Rent(MemoryBytes);
        try
        {
            var length = await content.ReadAtLeastAsync(head.AsMemory(0, MemoryBytes), MemoryBytes, throwOnEndOfStream: false, cancel);
            if (length > maxBytes)
                throw TooLarge(maxBytes);
            return length < MemoryBytes
                ? await PutAsync(path, new MemoryStream(head, 0, length, writable: false), Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, length))), length, cancel)
                : await TakeLargeAsync(path, new HashingStream(head.AsMemory(0, length), content), maxBytes, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <summary>What can be read twice is hashed first. When it changes before the second reading ends, the store finds another hash and takes nothing.</summary>
    private async Task<ContentFile> TakeFileAsync(string path, Stream content, long maxBytes, CancellationToken cancel)
    {
        var length = content.Length - content.Position;
        if (length > maxBytes)
            throw TooLarge(maxBytes);
        var start = content.Position;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
        content.Position = start;
        return await PutAsync(path, content, sha256, length, cancel);
    }

    private async Task<ContentFile> TakeLargeAsync(string path, HashingStream content, long maxBytes, CancellationToken cancel)
    {
        var incoming = ArtifactPath.Parse($"incoming/{ids.Next("upload")}");
        try
        {
            var entry = await store.PutAsync(incoming, content, new PutOptions { IfAbsent = true, MaxBytes = maxBytes }, cancel);
            await using var again = await store.OpenReadAsync(incoming, null, cancel);
            return await PutAsync(path, again, content.Sha256(), entry.SizeBytes, cancel);
        }
        finally
        {
            await store.DeleteAsync(incoming, CancellationToken.None);
        }
    }

    private async Task<ContentFile> PutAsync(string path, Stream content, string sha256, long length, CancellationToken cancel)
    {
        var place = ArtifactPaths.Content(sha256);
        if (await store.FindAsync(place, cancel) is not { } there || there.SizeBytes != length)
            await store.PutAsync(place, content, new PutOptions { Sha256 = sha256 }, cancel);
        return new ContentFile(path, sha256, length);
    }

    private static ServerlessException TooLarge(long maxBytes) =>
        new(ProblemCodes.TooLarge, $"The content has more than {maxBytes} bytes.", "Send less at once.");
}
