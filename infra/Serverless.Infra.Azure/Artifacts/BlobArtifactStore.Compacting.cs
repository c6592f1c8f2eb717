using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Serverless.Core.Artifacts;
using Serverless.Infra.Azure.Failures;

namespace Serverless.Infra.Azure.Artifacts;

internal sealed partial class BlobArtifactStore
{
    /// <summary>Where copies are made: a percent sign is in no artifact's path, so no list shows them.</summary>
    private const string CompactFolder = "%compact/";

    /// <summary>
    /// Writes an append blob that takes no more appends anew, in as few of them as may be: into a blob beside it, then copied over it in one step under the ETag that was read. Broken off or
    /// outrun at any point, the old blob is there; two at once do no harm, as the slower one's copy is refused.
    /// </summary>
    private Task CompactAsync(ArtifactPath path, CancellationToken cancel) => AzureFailures.CallAsync($"Making room for appends to '{path}'", async token =>
    {
        var log = Log(path);
        var there = (await log.GetPropertiesAsync(cancellationToken: token)).Value;
        var copy = container.GetAppendBlobClient(CompactFolder + ids.Next("log"));
        try
        {
            await copy.CreateAsync(new AppendBlobCreateOptions(), token);
            var seen = new BlobRequestConditions { IfMatch = there.ETag };
            var content = (await log.DownloadStreamingAsync(new BlobDownloadOptions { Conditions = seen }, token)).Value.Content;
            var buffer = new byte[options.AppendBytes];
            for (int length; (length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token)) > 0;)
                await copy.AppendBlockAsync(new MemoryStream(buffer, 0, length, writable: false), new AppendBlobAppendBlockOptions(), token);
            var copying = await log.StartCopyFromUriAsync(await CopySourceAsync(copy, token), new BlobCopyFromUriOptions { DestinationConditions = seen }, token);
            await copying.WaitForCompletionAsync(token);
        }
        catch (RequestFailedException outrun) when (outrun.Status == 412)
        {
            // Another host has written meanwhile; whoever appends looks again.
        }
        finally
        {
            await copy.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        }

        return true;
    }, cancel);

    private async Task<Uri> CopySourceAsync(AppendBlobClient copy, CancellationToken cancel)
    {
        var window = AddressWindow.ForAddress(clock.GetUtcNow(), TimeSpan.FromHours(1));
        var address = new BlobSasBuilder(BlobSasPermissions.Read, window.End) { BlobContainerName = copy.BlobContainerName, BlobName = copy.Name, Resource = "b", StartsOn = window.Start };
        return new Uri($"{copy.Uri}?{await addressKey.SignAsync(address, window, cancel)}");
    }
}
