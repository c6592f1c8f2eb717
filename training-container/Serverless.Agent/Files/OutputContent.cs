using System.Net;
using System.Security.Cryptography;

namespace Serverless.Agent.Files;

/// <summary>
/// A file as the body of an upload. It is hashed on its way, and its last piece is held back until the hash is right: a file that was written to meanwhile breaks the
/// upload off, so that what the store takes is always what was announced.
/// </summary>
internal sealed class OutputContent(FileStream file, long sizeBytes, string sha256) : HttpContent
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Whether the file was not what was announced.</summary>
    public bool Changed { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = sizeBytes;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var left = sizeBytes;
        file.Position = 0;
        while (left > 0)
        {
            var count = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            hash.AppendData(buffer, 0, count);
            left -= count;
            Changed = count == 0 || (left == 0 && Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256);
            if (Changed)
                throw new IOException("The file changed while it was sent.");
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
