using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Infra.Azure.Failures;

namespace Serverless.Infra.Azure.Artifacts;

/// <summary>Artifacts as blobs: block blobs by put, append blobs by append. See <c>docs/mechanisms/azure-storage.md</c>.</summary>
internal sealed partial class BlobArtifactStore(
    BlobServiceClient service, BlobStoreOptions options, IAddressKey addressKey, IIdSource ids, TimeProvider clock) : IArtifactStore
{
    private readonly BlobContainerClient container = service.GetBlobContainerClient(options.Container);

    /// <inheritdoc/>
    public async Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel) =>
        await PropertiesAsync(path, cancel) is { } there ? new ArtifactEntry(path, there.ContentLength, Text(there.ETag), there.LastModified) : null;

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel)
    {
        if (range is { } wanted && (wanted.Offset < 0 || wanted.Length < 0))
            throw Fail.Invalid("range", $"The range {wanted} is negative.", "Give an offset and a length from 0.");
        var what = $"Reading '{path}'";
        if (range is { Length: 0 })
            return await FindAsync(path, cancel) is null ? throw NotFound(path) : Stream.Null;
        return await AzureFailures.CallAsync(what, async token =>
        {
            try
            {
                var http = range is { } some ? new HttpRange(some.Offset, some.Length) : default;
                var answer = await Blob(path).DownloadStreamingAsync(new BlobDownloadOptions { Range = http }, token);
                return new BlobStream(answer.Value.Content, what);
            }
            catch (RequestFailedException refused) when (refused.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                throw NotFound(path);
            }
            catch (RequestFailedException refused) when (refused.Status == 416)
            {
                return Stream.Null;
            }
        }, cancel);
    }

    /// <inheritdoc/>
    /// <remarks>A blob whose name is no path (somebody else has put it there) is left out: no port can name it.</remarks>
    public async IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var blobs = container.GetBlobsAsync(prefix: prefix, cancellationToken: cancel).GetAsyncEnumerator(cancel);
        while (await AzureFailures.CallAsync($"Listing '{prefix}'", async _ => await blobs.MoveNextAsync(), cancel))
        {
            var (name, said) = (blobs.Current.Name, blobs.Current.Properties);
            if (ArtifactPath.TryParse(name) is { } path)
                yield return new ArtifactEntry(path, said.ContentLength ?? 0, Text(said.ETag!.Value), said.LastModified!.Value);
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel) => AzureFailures.CallAsync(
        $"Deleting '{path}'", async token => (await Blob(path).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, null, token)).Value, cancel);

    /// <inheritdoc/>
    public async Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel)
    {
        var window = AddressWindow.ForAddress(clock.GetUtcNow(), lifetime);
        var address = new BlobSasBuilder(Permissions(verb), window.End)
        {
            BlobContainerName = options.Container,
            BlobName = path.Value,
            Resource = "b",
            StartsOn = window.Start,
            Protocol = service.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        var query = await AzureFailures.CallAsync($"Signing an address of '{path}'", token => addressKey.SignAsync(address, window, token), cancel);
        return new ArtifactAddress($"{container.Uri}/{string.Join('/', path.Value.Split('/').Select(Uri.EscapeDataString))}?{query}", window.End);
    }

    private static BlobSasPermissions Permissions(ArtifactVerb verb) => verb switch
    {
        ArtifactVerb.Read => BlobSasPermissions.Read,
        ArtifactVerb.Write => BlobSasPermissions.Create | BlobSasPermissions.Write,
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };

    private static ServerlessException NotFound(ArtifactPath path) => Fail.NotFound("artifact", path.Value, "List what is there.");

    /// <summary>Headers have it in quotes, lists have not.</summary>
    private static string Text(ETag eTag) => eTag.ToString().Trim('"');

    private Task<BlobProperties?> PropertiesAsync(ArtifactPath path, CancellationToken cancel) => AzureFailures.CallAsync($"Looking at '{path}'", async token =>
    {
        try
        {
            return (BlobProperties?)(await Blob(path).GetPropertiesAsync(cancellationToken: token)).Value;
        }
        catch (RequestFailedException refused) when (refused.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }, cancel);

    private BlockBlobClient Blob(ArtifactPath path) => container.GetBlockBlobClient(path.Value);
}
