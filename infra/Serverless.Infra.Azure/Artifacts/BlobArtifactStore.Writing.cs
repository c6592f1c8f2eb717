using System.Buffers;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Infra.Azure.Failures;

namespace Serverless.Infra.Azure.Artifacts;

internal sealed partial class BlobArtifactStore
{
    /// <summary>The metadata by which a put knows its own blob again when its answer was lost.</summary>
    private const string MarkKey = "put";

    /// <inheritdoc/>
    public async Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel)
    {
        if (options.IfMatch is { } eTag && !ArtifactConflicts.IsETag(eTag))
            throw ArtifactConflicts.Changed(path);
        await CheckPlaceAsync(path, cancel);
        using var check = new ContentCheck(path, options);
        var mark = ids.Next("put");
        var conditions = new BlobRequestConditions
        {
            IfNoneMatch = options.IfAbsent ? ETag.All : null,
            IfMatch = options.IfMatch is { } there ? new ETag($"\"{there}\"") : null,
        };
        var written = await WriteAsync(path, content, check, mark, conditions, cancel);
        return new ArtifactEntry(path, check.SizeBytes, Text(written.ETag), written.LastModified);
    }

    /// <inheritdoc/>
    public async Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (offset < 0)
            throw Fail.Invalid("offset", $"The offset {offset} is negative.", "Give an offset from 0.");
        var length = (await FindAsync(path, cancel))?.SizeBytes;
        if (offset != (length ?? 0))
            return length ?? 0;
        if (length is null)
        {
            await CheckPlaceAsync(path, cancel);
            await CreateLogAsync(path, cancel);
        }

        var compacted = false;
        for (var sent = 0; sent < bytes.Length;)
        {
            var part = bytes.Slice(sent, Math.Min(options.AppendBytes, bytes.Length - sent));
            switch (await AppendPartAsync(path, offset + sent, part, cancel))
            {
                case AppendOutcome.Appended:
                    sent += part.Length;
                    break;
                case AppendOutcome.NotTheEnd:
                    return (await FindAsync(path, cancel))?.SizeBytes ?? 0;
                case AppendOutcome.TooMany when !compacted:
                    await CompactAsync(path, cancel);
                    compacted = true;
                    break;
                default:
                    throw ArtifactConflicts.TooManyAppends(path);
            }
        }

        return offset + bytes.Length;
    }

    private async Task<BlobContentInfo> WriteAsync(
        ArtifactPath path, Stream content, ContentCheck check, string mark, BlobRequestConditions conditions, CancellationToken cancel)
    {
        // Lent from the pool and given back after success only: a request that was broken off may still be reading it.
        var buffer = ArrayPool<byte>.Shared.Rent(options.BlockBytes);
        var written = await WriteAsync(path, content, buffer.AsMemory(0, options.BlockBytes), check, mark, conditions, cancel);
        ArrayPool<byte>.Shared.Return(buffer);
        return written;
    }

    private async Task<BlobContentInfo> WriteAsync(
        ArtifactPath path, Stream content, Memory<byte> buffer, ContentCheck check, string mark, BlobRequestConditions conditions, CancellationToken cancel)
    {
        var metadata = new Dictionary<string, string> { [MarkKey] = mark };
        var length = await FillAsync(content, buffer, check, cancel);
        if (length < buffer.Length)
        {
            check.Finish();
            return await CommitAsync(path, mark, conditions, async token => (await Blob(path).UploadAsync(
                BinaryData.FromBytes(buffer[..length]).ToStream(), new BlobUploadOptions { Conditions = conditions, Metadata = metadata }, token)).Value, cancel);
        }

        var blocks = new List<string>();
        for (; length > 0; length = await FillAsync(content, buffer, check, cancel))
        {
            var block = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mark}-{blocks.Count:D6}")));
            var part = BinaryData.FromBytes(buffer[..length]).ToStream();
            await AzureFailures.CallAsync($"Writing '{path}'", token => Blob(path).StageBlockAsync(block, part, cancellationToken: token), cancel);
            blocks.Add(block);
        }

        check.Finish();
        return await CommitAsync(path, mark, conditions, async token =>
            (await Blob(path).CommitBlockListAsync(blocks, new CommitBlockListOptions { Conditions = conditions, Metadata = metadata }, token)).Value, cancel);
    }

    /// <summary>The step that makes the content visible. When it is refused, the blob's mark says whether an answer was lost and this put has won after all.</summary>
    private Task<BlobContentInfo> CommitAsync(
        ArtifactPath path, string mark, BlobRequestConditions conditions, Func<CancellationToken, Task<BlobContentInfo>> commit, CancellationToken cancel) =>
        AzureFailures.CallAsync($"Writing '{path}'", async token =>
        {
            try
            {
                return await commit(token);
            }
            catch (RequestFailedException refused) when (refused.Status is 404 or 409 or 412 || refused.ErrorCode == BlobErrorCode.InvalidBlockList)
            {
                var there = await PropertiesAsync(path, token);
                if (there?.Metadata.TryGetValue(MarkKey, out var last) == true && last == mark)
                    return BlobsModelFactory.BlobContentInfo(there.ETag, there.LastModified, null, null, null, null, 0);
                if (refused.ErrorCode == BlobErrorCode.InvalidBlockList && conditions is { IfMatch: null, IfNoneMatch: null })
                    throw ArtifactConflicts.Outrun(path);
                if (refused.ErrorCode == BlobErrorCode.ContainerNotFound)
                    throw;
                throw conditions.IfMatch is null ? ArtifactConflicts.Exists(path) : ArtifactConflicts.Changed(path);
            }
        }, cancel);

    private Task CreateLogAsync(ArtifactPath path, CancellationToken cancel) => AzureFailures.CallAsync($"Making '{path}'", async token =>
    {
        try
        {
            return (await Log(path).CreateAsync(new AppendBlobCreateOptions { Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All } }, token)).Value;
        }
        catch (RequestFailedException refused) when (refused.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return null;
        }
    }, cancel);

    private Task<AppendOutcome> AppendPartAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> part, CancellationToken cancel) =>
        AzureFailures.CallAsync($"Appending to '{path}'", async token =>
        {
            try
            {
                var conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = offset };
                await Log(path).AppendBlockAsync(new MemoryStream(part.ToArray(), writable: false), new AppendBlobAppendBlockOptions { Conditions = conditions }, token);
                return AppendOutcome.Appended;
            }
            catch (RequestFailedException refused) when (refused.ErrorCode == BlobErrorCode.AppendPositionConditionNotMet || refused.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return AppendOutcome.NotTheEnd;
            }
            catch (RequestFailedException refused) when (refused.ErrorCode == BlobErrorCode.BlockCountExceedsLimit)
            {
                return AppendOutcome.TooMany;
            }
        }, cancel);

    /// <summary>
    /// Blobs know no folders, so a path through an artifact has to be looked for. Two writers at the same moment can miss each other: then both artifacts are there, and each is read
    /// by its path.
    /// </summary>
    private async Task CheckPlaceAsync(ArtifactPath path, CancellationToken cancel)
    {
        var above = ArtifactConflicts.Above(path).Select(async parent => (parent, there: await FindAsync(ArtifactPath.Parse(parent), cancel) is not null)).ToList();
        await using var below = container.GetBlobsAsync(prefix: ArtifactConflicts.Below(path), cancellationToken: cancel).AsPages(pageSizeHint: 1).GetAsyncEnumerator(cancel);
        var isFolder = await AzureFailures.CallAsync($"Looking below '{path}'", async _ => await below.MoveNextAsync() && below.Current.Values.Count > 0, cancel);
        foreach (var (parent, there) in await Task.WhenAll(above))
        {
            if (there)
                throw ArtifactConflicts.ThroughArtifact(path, parent);
        }

        if (isFolder)
            throw ArtifactConflicts.IsFolder(path);
    }

    private static async Task<int> FillAsync(Stream content, Memory<byte> buffer, ContentCheck check, CancellationToken cancel)
    {
        var length = 0;
        for (int read; length < buffer.Length && (read = await content.ReadAsync(buffer[length..], cancel)) > 0; length += read)
            check.Add(buffer.Span.Slice(length, read));
        return length;
    }

    private AppendBlobClient Log(ArtifactPath path) => container.GetAppendBlobClient(path.Value);
}
