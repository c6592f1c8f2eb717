using System.Net.Http.Headers;
using Serverless.Agent.Hosts;
using Serverless.Agent.Leases;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;

namespace Serverless.Agent.Files;

/// <summary>Sends files to the host's store: asks for addresses, then puts each file to its own. Content that the store has already is not sent.</summary>
internal sealed class Uploader(AttemptCalls calls)
{
    /// <summary>A file to send.</summary>
    /// <param name="File">Its path, hash and size as the store will know it.</param>
    /// <param name="Open">Opens it; null when it is gone.</param>
    public sealed record Item(ContentFile File, Func<FileStream?> Open);

    /// <summary>Sends some files.</summary>
    /// <returns>For each whether the store has it now; not when the file changed meanwhile or its address had ended: then it is tried again by whoever asked.</returns>
    /// <exception cref="HostFailure">The host refuses the files, or its store is full.</exception>
    public async Task<IReadOnlyList<bool>> SendAsync(FileKind kind, IReadOnlyList<Item> items, CancellationToken cancel)
    {
        var request = new UploadRequest(calls.Node, calls.Epoch, kind, [.. items.Select(item => item.File)]);
        var addresses = (await calls.AskUploadsAsync(request, cancel)).Addresses;
        var sent = new bool[items.Count];
        for (var i = 0; i < items.Count; i++)
            sent[i] = i < addresses.Count && (addresses[i] is not { } address || await PutAsync(address, items[i], cancel));
        return sent;
    }

    private async Task<bool> PutAsync(FileAddress address, Item item, CancellationToken cancel)
    {
        try
        {
            return await calls.RepeatAsync(async token =>
            {
                if (item.Open() is not { } file)
                    return false;
                using var content = new OutputContent(file, item.File.SizeBytes, item.File.Sha256);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                try
                {
                    await calls.Host.WriteFileAsync(address, content, token);
                    return !content.Changed;
                }
                catch (HostFailure) when (content.Changed)
                {
                    return false;
                }
            }, cancel);
        }
        catch (HostFailure failure) when (!failure.StorageFull)
        {
            return false;
        }
    }
}
