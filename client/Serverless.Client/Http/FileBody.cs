using System.Net;
using Serverless.Client.Errors;

namespace Serverless.Client.Http;

/// <summary>A file as a body: exactly the bytes that it had when it was opened, or a failure that says so. A file that grows meanwhile, or a device that never ends, is not sent.</summary>
internal sealed class FileBody : HttpContent
{
    private const int BlockBytes = 64 * 1024;

    private readonly FileStream file;
    private readonly long length;

    public FileBody(string path)
    {
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BlockBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        length = file.CanSeek ? file.Length : -1;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var block = new byte[BlockBytes];
        var left = length;
        while (await file.ReadAsync(block, cancellationToken) is > 0 and var read)
        {
            left -= read;
            if (left < 0)
                throw Changed();
            await stream.WriteAsync(block.AsMemory(0, read), cancellationToken);
        }

        if (left > 0)
            throw Changed();
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private UploadException Changed() =>
        new($"The file '{file.Name}' had {length:N0} bytes when it was opened and has another length now. Send it once nobody writes it; a device or a pipe cannot be sent.");
}
